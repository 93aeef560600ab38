import * as z from 'zod/mini';
import type { WebhookAdmin } from '../../../../service/webhook-admin/webhook-admin';
import { MAX_REPLAYED } from '../../../../service/webhook-admin/webhook-replays';
import type { DeadLetter } from '../../../../store/webhooks/undelivered';
import { fields } from '../../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';
import { TIME } from '../../time-parameter';
import {
  SUBSCRIPTION_SCOPES,
  subscriptionOf,
  subscriptionPath,
  type SubscriptionScope,
} from './subscription-scope';

/** A replay of dead letters, or of all events since a time. */
const REPLAY = fields({
  deadLetters: [
    z.optional(
      z.union([
        z.literal('all'),
        z
          .array(z.string().check(z.minLength(1), z.maxLength(100)))
          .check(z.minLength(1), z.maxLength(MAX_REPLAYED)),
      ]),
    ),
    `"all", or a list of 1 to ${MAX_REPLAYED} ids of events`,
  ],
  since: TIME,
});

/** The deliveries to the webhooks of domains and of the deployment, and their secrets. */
export const subscriptionDeliveryRoutes = (admin: WebhookAdmin): AdminRoute[] =>
  SUBSCRIPTION_SCOPES.flatMap((scope) => [...secretRoutes(admin, scope), ...deliveryRoutes(admin, scope)]);

function secretRoutes(admin: WebhookAdmin, scope: SubscriptionScope): AdminRoute[] {
  const path = subscriptionPath(scope);
  return [
    route({
      method: 'POST',
      path: `${path}/secrets`,
      access: scope.mayChange,
      handle: async (request) => ({
        status: 201,
        body: await admin.createSecret(subscriptionOf(request), request.actor),
      }),
    }),
    route({
      method: 'DELETE',
      path: `${path}/secrets/{secretId}`,
      access: scope.mayChange,
      handle: async (request) => {
        const { secretId } = request.parameters;
        await admin.revokeSecret(subscriptionOf(request), secretId, request.actor);
        return { status: 204 };
      },
    }),
  ];
}

function deliveryRoutes(admin: WebhookAdmin, scope: SubscriptionScope): AdminRoute[] {
  const path = subscriptionPath(scope);
  return [
    route({
      method: 'GET',
      path: `${path}/delivery-status`,
      access: scope.mayRead,
      handle: async (request) => ok(await admin.status(subscriptionOf(request))),
    }),
    route({
      method: 'GET',
      path: `${path}/deliveries`,
      access: scope.mayRead,
      query: fields(PAGING),
      handle: async (request) => {
        const after = positionIn(ID_POSITION, request.query.cursor);
        const page = await admin.deliveries(subscriptionOf(request), limitOf(request.query), after);
        return ok(pageBody({ items: page.attempts, next: page.next }));
      },
    }),
    route({
      method: 'GET',
      path: `${path}/dead-letters`,
      access: scope.mayRead,
      query: fields(PAGING),
      handle: async (request) => {
        const after = positionIn(z.int().check(z.nonnegative()), request.query.cursor);
        const page = await admin.deadLetters(subscriptionOf(request), limitOf(request.query), after);
        return ok(pageBody({ items: page.deadLetters.map(deadLetterView), next: page.next }));
      },
    }),
    route({
      method: 'POST',
      path: `${path}/test-events`,
      access: scope.mayChange,
      handle: async (request) => {
        const {
          isDown: _,
          isFinal: __,
          retryAfterMs: ___,
          ...result
        } = await admin.sendTest(subscriptionOf(request), request.actor);
        return ok(result);
      },
    }),
    route({
      method: 'POST',
      path: `${path}/retries`,
      access: scope.mayChange,
      handle: async (request) => {
        await admin.retry(subscriptionOf(request));
        return { status: 202 };
      },
    }),
    route({
      method: 'POST',
      path: `${path}/replays`,
      access: scope.mayChange,
      body: REPLAY,
      handle: async (request) => ({
        status: 202,
        body: await admin.replay(subscriptionOf(request), request.body, request.actor),
      }),
    }),
  ];
}

const deadLetterView = ({ position: _, ttl, time, ...letter }: DeadLetter): object => ({
  ...letter,
  recordedAt: time,
  expireTime: new Date(ttl * 1_000).toISOString(),
});
