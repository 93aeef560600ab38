import { TokenRefusals } from '../../../shared/http/diagnostics/token-refusals';
import { recordingWriter } from '../../support/requests/api-events';
import type { AuditEvent } from '../../../shared/store/audit/audit';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const REFUSED = {
  domainId: 'd',
  connectionId: 'c',
  connectionName: 'Entra ID',
  requestId: 'request-1',
  status: 401,
  error: 'invalid_client',
  reason: 'The client secret has expired.',
  sourceAddress: '192.0.2.1',
  userAgent: 'x'.repeat(300),
};

let written: { domainId: string; event: AuditEvent }[];
let notes: unknown[][];
let failures: unknown[];
let write: () => Promise<void>;
let refusals: TokenRefusals;
beforeEach(() => {
  [written, notes, failures] = [[], [], []];
  write = () => Promise.resolve();
  refusals = new TokenRefusals({
    writeAudit: async (domainId, event) => {
      await write();
      written.push({ domainId, event });
    },
    diagnostics: recordingWriter(notes),
    now: () => NOW,
    onFailed: (error) => failures.push(error),
  });
});

it('a refused token request is an audit event of the client that it claims to be from', async () => {
  await refusals.record(REFUSED);
  expect(written).toEqual([
    {
      domainId: 'd',
      event: {
        id: expect.any(String) as string,
        at: '2026-03-01T12:00:00.000Z',
        action: 'token.refused',
        resourceId: 'c',
        resourceName: 'Entra ID',
        requestId: 'request-1',
        actor: {
          kind: 'scimKey',
          keyId: 'c',
          keyName: 'Entra ID',
          sourceAddress: '192.0.2.1',
          userAgent: 'x'.repeat(200),
        },
        request: 'POST /oauth2/token',
        status: 401,
        reason: 'The client secret has expired.',
      },
    },
  ]);
});

it('a refused token request is recorded for readiness', async () => {
  await refusals.record({ ...REFUSED, userAgent: undefined });
  expect(notes).toEqual([
    [
      'refused',
      'd',
      {
        method: 'POST',
        route: '/oauth2/token',
        status: 401,
        scimType: 'invalid_client',
        connectionId: 'c',
        detail: 'The client secret has expired.',
      },
      1,
      new Date(NOW),
    ],
  ]);
});

it('a connection has a limited number of events in an hour, and does not use up that of another one', async () => {
  for (let request = 0; request < 500; request++) await refusals.record(REFUSED);
  await refusals.record({ ...REFUSED, connectionId: 'other' });
  expect(written).toHaveLength(101);
  expect(written.at(-1)?.event.resourceId).toBe('other');
});

it('an event that cannot be written does not fail the request', async () => {
  write = () => Promise.reject(new Error('busy'));
  await refusals.record(REFUSED);
  expect(failures).toEqual([new Error('busy')]);
});
