import { diagnosticsMiddleware } from '../../../shared/http/diagnostics/diagnostics-middleware';
import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';
import { noContent } from '../../../shared/http/chain/response';
import type { RequestSummary } from '../../../shared/http/diagnostics/request-diagnostics';
import type { ScimRoute } from '../../../shared/http/chain/scim-route';
import { scimErrors } from '../../../shared/http/chain/scim-errors';
import { ScimError } from '../../../shared/scim/error';
import {
  apiEvent,
  RECEIVED_AT,
  recordingWriter,
  runMiddleware,
  type EventInput,
} from '../../support/requests/api-events';

const ROUTE: ScimRoute = { method: 'PATCH', path: '/Users/{id}', handle: noContent };

/** Runs a request through the middleware, and gives its status and what was noted. */
async function send(
  input: EventInput,
  route: ScimRoute | undefined,
  error?: Error,
  resource = '/v2/Users/{id}',
): Promise<{ status: number; notes: unknown[][]; audited: RequestSummary[] }> {
  const notes: unknown[][] = [];
  const audited: RequestSummary[] = [];
  const notices = diagnosticsMiddleware(
    {
      store: () => recordingWriter(notes),
      deduplicator: new HourlyDeduplicator(),
      now: () => RECEIVED_AT,
      onFailed: () => undefined,
      audit: (_, asked) => {
        audited.push(asked);
        return Promise.resolve();
      },
    },
    () => route && { route, parameters: { id: '1' } },
  );
  const given = { ...apiEvent({ method: 'PATCH', path: '/Users/1', ...input }), resource };
  const { statusCode } = await runMiddleware([notices, scimErrors(() => undefined)], given, () => {
    if (error) throw error;
    notices.forEvent(given).unknownMembers('groups', '1', ['42']);
    return { statusCode: 200, body: '{}' };
  });
  return { status: statusCode, notes, audited };
}

describe('noticing', () => {
  it('notes a refused request with the pattern of its path, and does not change the answer', async () => {
    const { status, notes } = await send({}, ROUTE, ScimError.invalidPath('No path.'));
    expect(status).toBe(400);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.slice(0, 4)).toEqual([
      'refused',
      'domain-1',
      {
        method: 'PATCH',
        route: '/Users/{id}',
        status: 400,
        scimType: 'invalidPath',
        userAgent: 'Okta',
        detail: 'No path.',
      },
      1,
    ]);
  });

  it('has a refused change written down with the id in its path', async () => {
    const { audited } = await send({}, ROUTE, ScimError.invalidPath('No path.'));
    expect(audited).toEqual([{ method: 'PATCH', route: '/Users/{id}', isServed: true, resourceId: '1' }]);
  });

  it('names what no route has by the resource of the gateway', async () => {
    const missing = ScimError.notFound('There is nothing.');
    const { notes } = await send({ method: 'GET' }, undefined, missing, '/v2/{proxy+}');
    expect(notes[0]?.[2]).toMatchObject({ method: 'GET', route: '/{proxy+}', status: 404 });
  });

  it('waits for what the request itself noted', async () => {
    const { status, notes } = await send({}, ROUTE);
    expect(status).toBe(200);
    expect(notes.map(([name]) => name)).toEqual(['left out']);
  });

  it('notes nothing of a fault of the service, nor of a request that is nobody’s', async () => {
    expect(await send({}, ROUTE, new Error('no disk'))).toEqual({ status: 500, notes: [], audited: [] });
    const anonymous = { authorizer: null };
    expect(await send(anonymous, ROUTE, ScimError.invalidPath('x'))).toEqual({
      status: 400,
      notes: [],
      audited: [],
    });
  });
});
