import { TokenRefusals } from '../../../shared/http/diagnostics/token-refusals';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { recordingWriter } from '../../support/requests/api-events';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const REFUSED: AuditEvent = {
  id: 'event-1',
  at: '2026-03-01T12:00:00.000Z',
  action: 'token.refused',
  resourceId: 'connection-1',
  actor: { kind: 'scimKey', keyId: 'connection-1', userAgent: 'Entra' },
  status: 401,
  reason: 'expiry: The client secret has expired.',
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

it('a refused token request is an audit event, and is recorded for readiness', async () => {
  await refusals.record('d', REFUSED);
  expect(written).toEqual([{ domainId: 'd', event: REFUSED }]);
  const refusal = {
    method: 'POST',
    route: '/oauth2/token',
    status: 401,
    connectionId: 'connection-1',
    userAgent: 'Entra',
    detail: 'expiry: The client secret has expired.',
  };
  expect(notes).toEqual([['refused', 'd', refusal, 1, new Date(NOW)]]);
});

it('a connection has a limited number of records in an hour, and does not use up those of another one', async () => {
  for (let request = 0; request < 500; request++) await refusals.record('d', REFUSED);
  await refusals.record('d', { ...REFUSED, resourceId: 'other' });
  expect([written.length, notes.length]).toEqual([101, 101]);
  expect(written.at(-1)?.event.resourceId).toBe('other');
});

it('a record that cannot be written does not fail the request', async () => {
  write = () => Promise.reject(new Error('busy'));
  await refusals.record('d', REFUSED);
  expect(failures).toEqual([new Error('busy')]);
});
