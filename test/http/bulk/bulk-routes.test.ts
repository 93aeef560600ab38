import { bulkRoutes, type BulkSummary } from '../../../shared/http/bulk/bulk-routes';
import { toScimRequest } from '../../../shared/http/chain/request';
import { noContent } from '../../../shared/http/chain/response';
import { findScimRoute, type ScimRoute } from '../../../shared/http/chain/scim-route';
import { toScimError } from '../../../shared/http/chain/scim-errors';
import { DEFAULT_RATE_PLANS, type RatePlanName } from '../../../shared/rate-plan';
import { ScimError } from '../../../shared/scim/error';
import type { Json } from '../../../shared/scim/resource';
import { BULK_RESPONSE } from '../../../shared/scim/urns';
import { apiEvent, PRINCIPAL, RECEIVED_AT, requestContextParts } from '../../support/requests/api-events';

const deletions = (length: number): Json[] =>
  Array.from({ length }, (_, at) => ({ method: 'DELETE', path: `/Users/${at}` }));

interface BulkOptions {
  readonly ratePlan?: RatePlanName;
  /** Milliseconds after the request came in. */
  readonly after?: number;
  readonly countAs?: (requests: number) => Promise<void>;
}

function sendBulk(body: Json, { ratePlan = 'standard', after = 0, countAs }: BulkOptions = {}) {
  const counted: number[] = [];
  const done: BulkSummary[] = [];
  const deleted: string[] = [];
  const users: ScimRoute = {
    method: 'DELETE',
    path: '/Users/{id}',
    handle: ({ parameters: { id = '' } }) => {
      if (id === '2') throw ScimError.notFound('There is no such user.');
      deleted.push(id);
      return noContent();
    },
  };
  const routes = bulkRoutes({
    routes: [users],
    plans: DEFAULT_RATE_PLANS,
    now: () => RECEIVED_AT + after,
    toScimError: (error, requestId) => toScimError(error, requestId, () => undefined),
    onDone: (what) => done.push(what),
  });
  const count = (requests: number): Promise<void> => {
    counted.push(requests);
    return Promise.resolve();
  };
  const given = apiEvent({ method: 'POST', path: '/Bulk', authorizer: { ...PRINCIPAL, ratePlan } });
  const { route } = findScimRoute(routes, 'POST', '/bulk');
  const notes: unknown[][] = [];
  const request = toScimRequest(given, {}, body, {
    ...requestContextParts(notes),
    chargeRequests: countAs ?? count,
  });
  const answer = Promise.resolve(route.handle(request));
  const noted = async (): Promise<unknown[][]> => {
    await answer;
    await request.diagnostics.flush();
    return notes;
  };
  return { answer, noted, counted, done, deleted, statuses: async () => statusesIn((await answer).body) };
}

const statusesIn = (body: unknown): string[] =>
  (body as { Operations: { status: string }[] }).Operations.map(({ status }) => status);

describe('bulkRoutes', () => {
  it('notes what operations are refused as invalid, together for each kind', async () => {
    const patch = { method: 'PATCH', path: '/Users/1', data: {} };
    const { noted } = sendBulk({
      Operations: [...deletions(3), patch, patch, { ...patch, path: '/Printers/1' }],
    });
    const notes = (await noted()) as [string, string, { route: string; status: number }, number][];
    expect(notes.map(([name, , { route, status }, count]) => [name, route, status, count])).toEqual([
      ['refused', '/Bulk', 405, 2],
      ['refused', '/Bulk', 404, 1],
    ]);
  });

  it('answers each operation, and tells the log how many there were and how many failed', async () => {
    const { answer, done } = sendBulk({ Operations: deletions(3) });
    expect((await answer).body).toMatchObject({ schemas: [BULK_RESPONSE] });
    expect(statusesIn((await answer).body)).toEqual(['204', '204', '404']);
    expect(done).toEqual([{ requestId: 'request-1', operations: 3, errors: 1 }]);
  });

  it('counts as the rate plan says', async () => {
    for (const [length, requests] of [
      [0, 1],
      [10, 1],
      [11, 2],
      [200, 20],
    ] as const) {
      const { answer, counted } = sendBulk({ Operations: deletions(length) });
      await answer;
      expect(counted).toEqual([requests]);
    }
  });

  it('does nothing where it does not fit into the rate plan', async () => {
    const countAs = () => Promise.reject(ScimError.tooManyRequests('Wait.', 5));
    const { answer, deleted, done } = sendBulk({ Operations: deletions(20) }, { countAs });
    await expect(answer).rejects.toMatchObject({ status: 429 });
    expect([deleted, done]).toEqual([[], []]);
  });

  it.each([
    ['standard', 200],
    ['unmetered', 500],
  ] as const)('refuses more operations than the plan %s lets pass, uncounted', async (ratePlan, most) => {
    expect(await sendBulk({ Operations: deletions(most) }, { ratePlan }).statuses()).toHaveLength(most);
    const { answer, counted } = sendBulk({ Operations: deletions(most + 1) }, { ratePlan });
    await expect(answer).rejects.toMatchObject({ status: 413 });
    expect(counted).toEqual([]);
  });

  it('begins nothing more than 24 seconds after the request came in', async () => {
    const inTime = sendBulk({ Operations: deletions(1) }, { after: 24_000 });
    expect(await inTime.statuses()).toEqual(['204']);
    const late = sendBulk({ Operations: deletions(2) }, { after: 24_001 });
    expect(await late.statuses()).toEqual(['503', '503']);
    expect(late.deleted).toEqual([]);
  });
});
