import * as z from 'zod/mini';
import { EVENT_TYPES, type EventType } from '../../../../events/event-types';
import { readEvents } from '../../../../service/events/event-reader';
import type { FeedReader } from '../../../../store/events/event-feed';
import { EVENT_CONTENTS } from '../../../../store/events/subscription';
import { fields } from '../../fields';
import { limitOf, PAGING } from '../../paging';
import { scopeOfRequest } from '../../request';
import { route, type AdminRoute } from '../../route';
import { TIME } from '../../time-parameter';
import { SUBSCRIPTION_SCOPES } from './subscription-scope';

const isTypes = (text: string): boolean =>
  text.split(',').every((type) => (EVENT_TYPES as readonly string[]).includes(type));

const QUERY = {
  after: [z.optional(z.string().check(z.regex(/^\d{1,12}$/))), 'the value of `next` in the previous page'],
  since: TIME,
  types: [
    z.optional(z.string().check(z.refine(isTypes))),
    `a list of types of events, separated by commas: ${EVENT_TYPES.join(', ')}`,
  ],
  content: [z.optional(z.enum(EVENT_CONTENTS)), `one of ${EVENT_CONTENTS.join(', ')}`],
  limit: PAGING.limit,
} as const;

/** The feeds of domains and of the deployment. */
export function eventRoutes(feed: FeedReader): AdminRoute[] {
  return [
    ...SUBSCRIPTION_SCOPES.map(({ base, mayRead }) =>
      route({
        method: 'GET',
        path: `${base}/events`,
        access: mayRead,
        allowsProduct: true,
        query: fields(QUERY),
        handle: async (request) => {
          const { caller, query } = request;
          const { after, since, limit } = query;
          const types = query.types?.split(',') as EventType[] | undefined;
          const page = await readEvents(feed, scopeOfRequest(request), {
            ...(after !== undefined && { after: Number(after) }),
            ...(since !== undefined && { since: new Date(since).toISOString() }),
            types: caller.feed ? within(types, caller.feed.types) : types,
            content: caller.feed?.content ?? query.content ?? 'notice',
            limit: limitOf({ limit }),
          });
          return {
            status: 200,
            // The events have the same bytes as in the requests to webhooks.
            text: { mediaType: 'application/json', content: pageJson(page.events, page.next, page.more) },
          };
        },
      }),
    ),
  ];
}

/** Returns the wanted types among those of a subscription. */
const within = (
  wanted: readonly EventType[] | undefined,
  subscribed: readonly EventType[] | undefined,
): readonly EventType[] | undefined =>
  wanted && subscribed ? subscribed.filter((type) => wanted.includes(type)) : (wanted ?? subscribed);

const pageJson = (events: readonly string[], next: number, more: boolean): string =>
  `{"items":[${events.join(',')}],"next":"${next}","more":${more}}`;
