import * as z from 'zod/mini';
import { MAX_ACKNOWLEDGED, type Poll, type PollResponse } from '../../../../service/security-events/poll';
import type { SubscriptionRef } from '../../../../store/webhooks/webhook-keys';
import type { Fields } from '../../fields';
import { ok, route, type AdminRoute } from '../../route';
import { SUBSCRIPTION_SCOPES, subscriptionOf, subscriptionPath } from './subscription-scope';

const JTI = z.string().check(z.maxLength(200));
const SET_ERROR = z.object({ err: z.string(), description: z.optional(z.string()) });
const isSmall = (errors: object): boolean => Object.keys(errors).length <= MAX_ACKNOWLEDGED;

/** A poll (RFC 8936 §2.2). Other members are ignored, because extensions of the RFC may define some. */
const POLL: Fields<Poll> = {
  schema: z.object({
    maxEvents: z.optional(z.int().check(z.nonnegative())),
    returnImmediately: z.optional(z.boolean()),
    ack: z.optional(z.array(JTI).check(z.maxLength(MAX_ACKNOWLEDGED))),
    setErrs: z.optional(z.record(JTI, SET_ERROR).check(z.refine(isSmall))),
  }),
  expected: {
    maxEvents: 'an integer that is not negative',
    returnImmediately: 'true or false',
    ack: `a list of at most ${MAX_ACKNOWLEDGED} values of "jti"`,
    setErrs: `an object with at most ${MAX_ACKNOWLEDGED} values of "jti", each with "err" and "description"`,
  },
};

export interface SubscriptionSetRoutesDependencies {
  /** Throws an `AdminError` if the subscription is not one that is polled. */
  readonly check: (ref: SubscriptionRef) => Promise<void>;
  readonly poll: (ref: SubscriptionRef, poll: Poll) => Promise<PollResponse>;
}

/** The endpoints at which receivers poll for SETs (RFC 8936), of domains and of the deployment. */
export const subscriptionSetRoutes = ({ check, poll }: SubscriptionSetRoutesDependencies): AdminRoute[] =>
  SUBSCRIPTION_SCOPES.map((scope) =>
    route({
      method: 'POST',
      path: `${subscriptionPath(scope)}/sets`,
      access: scope.mayChange,
      allowsPoll: true,
      body: POLL,
      handle: async (request) => {
        const ref = subscriptionOf(request);
        // The authorizer has just read the subscription of a product.
        if (request.caller.kind !== 'product') await check(ref);
        return ok(await poll(ref, request.body));
      },
    }),
  );
