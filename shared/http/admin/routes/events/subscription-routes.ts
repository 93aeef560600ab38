import * as z from 'zod/mini';
import { EVENT_TYPES } from '../../../../events/event-types';
import type { SubscriptionAdmin } from '../../../../service/events/subscription-admin';
import {
  EVENT_CONTENTS,
  SUBSCRIPTION_KINDS,
  SUBSCRIPTION_STATES,
  type Subscription,
} from '../../../../store/events/subscription';
import { fields } from '../../fields';
import { type AdminRequest, scopeOfRequest } from '../../request';
import { ok, route, type AdminRoute } from '../../route';
import { SUBSCRIPTION_SCOPES, subscriptionPath, type SubscriptionScope } from './subscription-scope';
import { subscriptionView, type EventAddresses } from './subscription-view';

const oneOf = (names: readonly string[]): string => `one of ${names.join(', ')}`;
const TYPES = z.array(z.enum(EVENT_TYPES));
const CONTENT = [z.optional(z.enum(EVENT_CONTENTS)), oneOf(EVENT_CONTENTS)] as const;
const ENDPOINT = [z.optional(z.string()), 'the URL of an endpoint'] as const;
const AUDIENCE = [z.optional(z.string()), 'a text'] as const;

const NEW_SUBSCRIPTION = fields({
  name: [z.string(), 'a text'],
  kind: [z.enum(SUBSCRIPTION_KINDS), oneOf(SUBSCRIPTION_KINDS)],
  types: [z.optional(TYPES), `a list of types of events: ${EVENT_TYPES.join(', ')}`],
  content: CONTENT,
  endpoint: ENDPOINT,
  audience: AUDIENCE,
  authorization: [z.optional(z.string()), 'a text'],
});

const SUBSCRIPTION_CHANGE = fields({
  name: [z.optional(z.string()), 'a text'],
  types: [
    z.optional(z.nullable(TYPES)),
    `a list of types of events, or null for all: ${EVENT_TYPES.join(', ')}`,
  ],
  content: CONTENT,
  state: [z.optional(z.enum(SUBSCRIPTION_STATES)), oneOf(SUBSCRIPTION_STATES)],
  endpoint: ENDPOINT,
  audience: AUDIENCE,
  authorization: [z.optional(z.nullable(z.string())), 'a text, or null for no such header'],
});

/** The subscriptions of domains and of the deployment. */
export const subscriptionRoutes = (admin: SubscriptionAdmin, addresses: EventAddresses): AdminRoute[] =>
  SUBSCRIPTION_SCOPES.flatMap((scope) => routesAt(scope, admin, addresses));

function routesAt(
  scope: SubscriptionScope,
  admin: SubscriptionAdmin,
  addresses: EventAddresses,
): AdminRoute[] {
  const { mayRead, mayChange } = scope;
  const list = `${scope.base}/subscriptions` as const;
  const one = subscriptionPath(scope);
  const view = (subscription: Subscription, { adminUrl }: Pick<AdminRequest, 'adminUrl'>): object =>
    subscriptionView(subscription, { ...addresses, adminUrl });
  return [
    route({
      method: 'GET',
      path: list,
      access: mayRead,
      handle: async (request) => {
        const items = await admin.list(scopeOfRequest(request));
        return ok({ items: items.map((item) => view(item, request)), kinds: admin.kinds });
      },
    }),
    route({
      method: 'POST',
      path: list,
      access: mayChange,
      body: NEW_SUBSCRIPTION,
      handle: async (request) => {
        const created = await admin.create(scopeOfRequest(request), request.body, request.actor);
        const { subscription, ...shown } = created;
        return { status: 201, body: { subscription: view(subscription, request), ...shown } };
      },
    }),
    route({
      method: 'GET',
      path: one,
      access: mayRead,
      handle: async (request) =>
        ok(view(await admin.get(scopeOfRequest(request), request.parameters.subscriptionId), request)),
    }),
    route({
      method: 'PATCH',
      path: one,
      access: mayChange,
      body: SUBSCRIPTION_CHANGE,
      handle: async (request) => {
        const { body, actor } = request;
        return ok(
          view(
            await admin.change(scopeOfRequest(request), request.parameters.subscriptionId, body, actor),
            request,
          ),
        );
      },
    }),
    route({
      method: 'DELETE',
      path: one,
      access: mayChange,
      handle: async (request) => {
        await admin.delete(scopeOfRequest(request), request.parameters.subscriptionId, request.actor);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: `${one}/token`,
      access: mayChange,
      handle: async (request) => {
        const { token } = await admin.replaceToken(
          scopeOfRequest(request),
          request.parameters.subscriptionId,
          request.actor,
        );
        return ok({ token });
      },
    }),
  ];
}
