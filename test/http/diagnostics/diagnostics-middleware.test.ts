import { diagnosticsMiddleware } from '../../../shared/http/diagnostics/diagnostics-middleware';
import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';
import { noContent } from '../../../shared/http/chain/response';
import type { DiagnosedRequest } from '../../../shared/http/diagnostics/request-diagnostics';
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

/** Runs a request through the middleware. Returns its status, the diagnostics, and the audited refusals. */
async function send(
  input: EventInput,
  route: ScimRoute | undefined,
  error?: Error,
  resource = '/v2/Users/{id}',
): Promise<{ status: number; notes: unknown[][]; audited: DiagnosedRequest[] }> {
  const notes: unknown[][] = [];
  const audited: DiagnosedRequest[] = [];
  const middleware = diagnosticsMiddleware(
    {
      store: () => recordingWriter(notes),
      deduplicator: new HourlyDeduplicator(),
      now: () => RECEIVED_AT,
      onFailed: () => undefined,
      audit: (_, request) => {
        audited.push(request);
        return Promise.resolve();
      },
    },
    () => route && { route, parameters: { id: '1' } },
  );
  const event = { ...apiEvent({ method: 'PATCH', path: '/Users/1', ...input }), resource };
  const { statusCode } = await runMiddleware([middleware, scimErrors(() => undefined)], event, () => {
    if (error) throw error;
    middleware.forEvent(event).unknownMembers('groups', '1', ['42']);
    return { statusCode: 200, body: '{}' };
  });
  return { status: statusCode, notes, audited };
}

describe('diagnosticsMiddleware', () => {
  it('records a refused request with the pattern of its path, and does not change the response', async () => {
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
        connectionId: 'key-1',
        userAgent: 'Okta',
        detail: 'No path.',
      },
      1,
    ]);
  });

  it('audits a refused change with the id in its path', async () => {
    const { audited } = await send({}, ROUTE, ScimError.invalidPath('No path.'));
    expect(audited).toEqual([{ method: 'PATCH', route: '/Users/{id}', isServed: true, resourceId: '1' }]);
  });

  it('names a path without a route by its API Gateway resource', async () => {
    const missing = ScimError.notFound('Not found.');
    const { notes } = await send({ method: 'GET' }, undefined, missing, '/v2/{proxy+}');
    expect(notes[0]?.[2]).toMatchObject({ method: 'GET', route: '/{proxy+}', status: 404 });
  });

  it('waits for the diagnostics of the request', async () => {
    const { status, notes } = await send({}, ROUTE);
    expect(status).toBe(200);
    expect(notes.map(([name]) => name)).toEqual(['left out']);
  });

  it('records neither internal errors nor requests without a credential', async () => {
    expect(await send({}, ROUTE, new Error('no disk'))).toEqual({ status: 500, notes: [], audited: [] });
    const anonymous = { authorizer: null };
    expect(await send(anonymous, ROUTE, ScimError.invalidPath('x'))).toEqual({
      status: 400,
      notes: [],
      audited: [],
    });
  });
});
