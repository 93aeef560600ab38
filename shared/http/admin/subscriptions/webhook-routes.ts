import * as z from 'zod/mini';
import type { WebhookAdmin } from '../../../service/webhook-admin/webhook-admin';
import { MAX_REPLAYED } from '../../../service/webhook-admin/webhook-replays';
import { DEPLOYMENT } from '../../../store/table/keys';
import type { DeadLetter } from '../../../store/webhooks/undelivered';
import type { SubscriptionRef } from '../../../store/webhooks/webhook-keys';
import { fields } from '../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../paging';
import type { AdminRequest } from '../request';
import { ok, route, type Access, type AdminRoute } from '../route';

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
  since: [z.optional(z.iso.datetime({ offset: true })), 'an RFC 3339 time, such as 2026-01-31T12:00:00Z'],
});

/** Who may see, and who may change the webhooks at a path. */
export interface Place {
  readonly path: string;
  readonly see: Access;
  readonly change: Access;
  readonly scopeOf: (request: Pick<AdminRequest, 'domain'>) => string;
}

export const PLACES: readonly Place[] = [
  {
    path: '/domains/{domainId}/subscriptions/{subscriptionId}',
    see: 'viewer',
    change: 'owner',
    scopeOf: ({ domain }) => domain.domainId,
  },
  {
    path: '/subscriptions/{subscriptionId}',
    see: 'operator',
    change: 'operator',
    scopeOf: () => DEPLOYMENT,
  },
];

/** The deliveries to the webhooks of domains and of the deployment, and their secrets. */
export const webhookRoutes = (admin: WebhookAdmin): AdminRoute[] =>
  PLACES.flatMap((place) => [...secretRoutes(admin, place), ...deliveryRoutes(admin, place)]);

export const refOf = (
  { scopeOf }: Place,
  request: Pick<AdminRequest, 'domain' | 'parameters'>,
): SubscriptionRef => ({
  scope: scopeOf(request),
  subscriptionId: request.parameters.subscriptionId ?? '',
});

function secretRoutes(admin: WebhookAdmin, place: Place): AdminRoute[] {
  return [
    route({
      method: 'POST',
      path: `${place.path}/secrets`,
      access: place.change,
      handle: async (request) => ({
        status: 201,
        body: await admin.createSecret(refOf(place, request), request.actor),
      }),
    }),
    route({
      method: 'DELETE',
      path: `${place.path}/secrets/{secretId}`,
      access: place.change,
      handle: async (request) => {
        const { secretId = '' } = request.parameters;
        await admin.revokeSecret(refOf(place, request), secretId, request.actor);
        return { status: 204 };
      },
    }),
  ];
}

function deliveryRoutes(admin: WebhookAdmin, place: Place): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: `${place.path}/delivery-status`,
      access: place.see,
      handle: async (request) => ok(await admin.status(refOf(place, request))),
    }),
    route({
      method: 'GET',
      path: `${place.path}/deliveries`,
      access: place.see,
      query: fields(PAGING),
      handle: async (request) => {
        const after = positionIn(ID_POSITION, request.query.cursor);
        const page = await admin.deliveries(refOf(place, request), limitOf(request.query), after);
        return ok(pageBody({ items: page.attempts, next: page.next }));
      },
    }),
    route({
      method: 'GET',
      path: `${place.path}/dead-letters`,
      access: place.see,
      query: fields(PAGING),
      handle: async (request) => {
        const after = positionIn(z.int().check(z.nonnegative()), request.query.cursor);
        const page = await admin.deadLetters(refOf(place, request), limitOf(request.query), after);
        return ok(pageBody({ items: page.deadLetters.map(deadLetterView), next: page.next }));
      },
    }),
    route({
      method: 'POST',
      path: `${place.path}/test-events`,
      access: place.change,
      handle: async (request) => {
        const {
          isDown: _,
          isFinal: __,
          retryAfterMs: ___,
          ...result
        } = await admin.sendTest(refOf(place, request), request.actor);
        return ok(result);
      },
    }),
    route({
      method: 'POST',
      path: `${place.path}/retries`,
      access: place.change,
      handle: async (request) => {
        await admin.retry(refOf(place, request));
        return { status: 202 };
      },
    }),
    route({
      method: 'POST',
      path: `${place.path}/replays`,
      access: place.change,
      body: REPLAY,
      handle: async (request) => ({
        status: 202,
        body: await admin.replay(refOf(place, request), request.body, request.actor),
      }),
    }),
  ];
}

const deadLetterView = ({ position: _, ttl, time, ...letter }: DeadLetter): object => ({
  ...letter,
  recordedAt: time,
  expireTime: new Date(ttl * 1_000).toISOString(),
});
