const MAX_ELEMENTS = 3;
const MAX_TEXT = 400;

/** Members whose values only the service can read. */
const OPAQUE: Readonly<Record<string, string>> = { nextCursor: 'b3BhcXVl', next: 'b3BhcXVl' };

/** Members with a value as DynamoDB returned it: the order of its members is not defined. */
const UNORDERED = ['before', 'after'];

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
type JsonObject = { readonly [member: string]: Json };

const REFUSED_REQUEST: JsonObject = {
  id: '01990000-0000-7000-8000-034135e5ecbe',
  at: '2026-01-15T09:30:00.000Z',
  outcome: 'refused',
  method: 'GET',
  path: '/Users',
  query: 'filter=…',
  status: 400,
  scimType: 'invalidFilter',
  reason: 'The filter cannot be read at position 13: the value … is not in double quotes. Use "…".',
  milliseconds: 12,
  client: 'okta',
  userAgent: 'Okta SCIM Client 1.0',
  requestId: '01990000-0000-7000-8000-08a78f047f30',
  credential: { id: '01990000-0000-7000-8000-067dbfbab0ef', name: 'Okta' },
  connectionId: '01990000-0000-7000-8000-067dbfbab0ef',
  similarRequests: 0,
};

/** Shortens the responses of single requests, whose complete body would help nobody. */
const OF_REQUEST: Readonly<Record<string, (body: JsonObject) => JsonObject>> = {
  // The whole document is docs/admin-api.openapi.json.
  'admin/1-about/openapi': (body) => ({ ...body, paths: {}, components: {} }),
  // The number of minutes and requests depends on the clock.
  'admin/8-readiness/rate-usage': (body) => ({
    ...body,
    minutes: [body.minutes]
      .flat()
      .slice(-1)
      .map((minute) => ({
        ...(minute as JsonObject),
        requests: 9,
        mostInTenSeconds: 9,
        connections: [(minute as JsonObject).connections ?? []]
          .flat()
          .slice(0, 1)
          .map((connection) => ({ ...(connection as JsonObject), requests: 9 })),
      })),
  }),
  // Which requests are in the sample depends on the run.
  'admin/8-readiness/requests': () => ({ items: [REFUSED_REQUEST] }),
  'admin/8-readiness/refused-requests': () => ({ items: [REFUSED_REQUEST] }),
  'admin/8-readiness/request-counts': (body) => ({
    ...body,
    requests: 9,
    refused: 1,
    intervals: [body.intervals]
      .flat()
      .slice(-1)
      .map((interval) => ({ ...(interval as JsonObject), requests: 9, refused: 1 })),
    statuses: [
      { status: 200, requests: 8 },
      { status: 400, requests: 1 },
    ],
  }),
  // The number of users depends on the requests before.
  'admin/8-readiness/license-usage': () => ({
    days: [
      {
        date: '2026-01-15',
        ...{ users: 3, activeLicenses: 2, pendingLicenses: 0, inactiveLicenses: 1, seats: 100 },
      },
    ],
  }),
  // Other items, such as recorded requests, depend on the run.
  'admin/2-domains/verify-items': (body) => ({ ...body, checked: 42, readUnits: 16 }),
  'admin/2-domains/verify-all-items': () => ({
    ...{ checked: 500, problems: [], repaired: 0, readUnits: 63, next: 'b3BhcXVl' },
  }),
  'license/mail': ({ emails }) => ({
    emails: [emails]
      .flat()
      .slice(0, 1)
      .map((email) => {
        const { subject = '', destination = '', body } = email as JsonObject;
        return { subject, destination, body: { text: (body as JsonObject).text ?? '' } };
      }),
  }),
};

/** The body of a response as an example shows it. */
export interface AbridgedBody {
  readonly type: 'json' | 'text';
  readonly content: string;
  readonly isShortened: boolean;
}

/** Formats a body. Shortens long lists and texts. Undefined if there is no body. */
export function abridged(body: string, contentType: string, path: string): AbridgedBody | undefined {
  if (body === '') return undefined;
  if (contentType.includes('jsonl')) {
    const lines = body.trimEnd().split('\n');
    const content = lines
      .slice(0, MAX_ELEMENTS)
      .map((line) => JSON.stringify(shorten(JSON.parse(line) as Json)))
      .join('\n');
    return { type: 'text', content, isShortened: lines.length > MAX_ELEMENTS };
  }
  if (!contentType.includes('json')) return { type: 'text', content: body, isShortened: false };
  const parsed = JSON.parse(body) as Json;
  // An error has none of the members of a success.
  const edit = contentType.includes('problem') ? undefined : OF_REQUEST[path];
  const edited = edit?.(parsed as JsonObject) ?? parsed;
  const content = JSON.stringify(shorten(edited), null, 2);
  return { type: 'json', content, isShortened: content !== JSON.stringify(stableJson(parsed), null, 2) };
}

const shorten = (value: Json): Json =>
  mapJson(stableJson(value), (each) => {
    if (typeof each === 'string' && each.length > MAX_TEXT) return `${each.slice(0, MAX_TEXT)}…`;
    return Array.isArray(each) ? (each as readonly Json[]).slice(0, MAX_ELEMENTS) : each;
  });

const stableJson = (value: Json): Json =>
  mapJson(value, (each, member) => {
    if (UNORDERED.includes(member)) return sorted(each);
    return typeof each === 'string' ? (OPAQUE[member] ?? each) : each;
  });

const sorted = (value: Json): Json =>
  mapJson(value, (each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)));
  });

/** Changes each value, from the outside to the inside. */
function mapJson(value: Json, change: (value: Json, member: string) => Json, member = ''): Json {
  const changed = change(value, member);
  if (Array.isArray(changed)) return (changed as readonly Json[]).map((each) => mapJson(each, change));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(
    Object.entries(changed as JsonObject).map(([name, each]) => [name, mapJson(each, change, name)]),
  );
}
