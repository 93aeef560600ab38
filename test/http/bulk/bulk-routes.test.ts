import { bulkRoutes, type BulkSummary } from '../../../shared/http/bulk/bulk-routes';
import { toScimRequest } from '../../../shared/http/chain/request';
import { noContent } from '../../../shared/http/chain/response';
import { findScimRoute, type ScimRoute } from '../../../shared/http/chain/scim-route';
import { toScimError } from '../../../shared/http/chain/scim-errors';
import { DEFAULT_RATE_PLANS, type RatePlanName } from '../../../shared/limits/rate-plan';
import { ScimError } from '../../../shared/scim/error';
import type { Json } from '../../../shared/scim/resource';
import { BULK_RESPONSE } from '../../../shared/scim/urns';
import { apiEvent, PRINCIPAL, RECEIVED_AT, requestContextParts } from '../../support/requests/api-events';

const deletions = (length: number): Json[] =>
  Array.from({ length }, (_, at) => ({ method: 'DELETE', path: `/Users/${at}` }));

interface BulkOptions {
  readonly ratePlan?: RatePlanName;
  /** Milliseconds after the request was received. */
  readonly after?: number;
  readonly chargeRequests?: (requests: number) => Promise<void>;
}

function sendBulk(body: Json, { ratePlan = 'standard', after = 0, chargeRequests }: BulkOptions = {}) {
  const charged: number[] = [];
  const summaries: BulkSummary[] = [];
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
    onDone: (summary) => summaries.push(summary),
  });
  const record = (requests: number): Promise<void> => {
    charged.push(requests);
    return Promise.resolve();
  };
  const event = apiEvent({ method: 'POST', path: '/Bulk', authorizer: { ...PRINCIPAL, ratePlan } });
  const { route } = findScimRoute(routes, 'POST', '/bulk');
  const notes: unknown[][] = [];
  const request = toScimRequest(event, {}, body, {
    ...requestContextParts(notes),
    chargeRequests: chargeRequests ?? record,
  });
  const response = Promise.resolve(route.handle(request));
  const diagnostics = async (): Promise<unknown[][]> => {
    await response;
    await request.diagnostics.flush();
    return notes;
  };
  return {
    response,
    diagnostics,
    charged,
    summaries,
    deleted,
    statuses: async () => statusesIn((await response).body),
  };
}

const statusesIn = (body: unknown): string[] =>
  (body as { Operations: { status: string }[] }).Operations.map(({ status }) => status);

describe('bulkRoutes', () => {
  it('records invalid operations, grouped by kind', async () => {
    const patch = { method: 'PATCH', path: '/Users/1', data: {} };
    const { diagnostics } = sendBulk({
      Operations: [...deletions(3), patch, patch, { ...patch, path: '/Printers/1' }],
    });
    const notes = (await diagnostics()) as [string, string, { route: string; status: number }, number][];
    expect(notes.map(([name, , { route, status }, count]) => [name, route, status, count])).toEqual([
      ['refused', '/Bulk', 405, 2],
      ['refused', '/Bulk', 404, 1],
    ]);
  });

  it('responds to each operation, and reports the numbers of operations and errors', async () => {
    const { response, summaries } = sendBulk({ Operations: deletions(3) });
    expect((await response).body).toMatchObject({ schemas: [BULK_RESPONSE] });
    expect(statusesIn((await response).body)).toEqual(['204', '204', '404']);
    expect(summaries).toEqual([{ requestId: 'request-1', operations: 3, errors: 1 }]);
  });

  it('charges as many requests as the rate plan says', async () => {
    for (const [length, requests] of [
      [0, 1],
      [10, 1],
      [11, 2],
      [200, 20],
    ] as const) {
      const { response, charged } = sendBulk({ Operations: deletions(length) });
      await response;
      expect(charged).toEqual([requests]);
    }
  });

  it('performs no operation if the bulk exceeds the rate limit', async () => {
    const chargeRequests = () => Promise.reject(ScimError.tooManyRequests('Wait.', 5));
    const { response, deleted, summaries } = sendBulk({ Operations: deletions(20) }, { chargeRequests });
    await expect(response).rejects.toMatchObject({ status: 429 });
    expect([deleted, summaries]).toEqual([[], []]);
  });

  it.each([
    ['standard', 200],
    ['unmetered', 500],
  ] as const)(
    'refuses more operations than the plan %s allows, and charges nothing',
    async (ratePlan, max) => {
      expect(await sendBulk({ Operations: deletions(max) }, { ratePlan }).statuses()).toHaveLength(max);
      const { response, charged } = sendBulk({ Operations: deletions(max + 1) }, { ratePlan });
      await expect(response).rejects.toMatchObject({ status: 413 });
      expect(charged).toEqual([]);
    },
  );

  it('starts no operation later than 24 seconds after the request was received', async () => {
    const inTime = sendBulk({ Operations: deletions(1) }, { after: 24_000 });
    expect(await inTime.statuses()).toEqual(['204']);
    const late = sendBulk({ Operations: deletions(2) }, { after: 24_001 });
    expect(await late.statuses()).toEqual(['503', '503']);
    expect(late.deleted).toEqual([]);
  });
});
