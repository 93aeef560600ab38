import { newId } from '../../../shared/id';
import { readSetupProgress } from '../../../shared/service/setup-links/setup-progress';
import { TOKEN_ROUTE } from '../../../shared/store/diagnostics/diagnostic';
import { DiagnosticsStore } from '../../../shared/store/diagnostics/diagnostics-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { RequestLog } from '../../../shared/store/requests/request-log';
import { systemTable } from '../../support/consistency/domain-data';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';

const NOW = new Date('2026-03-08T12:00:30.000Z');
/** The machine of a test may be busy. */
const PATIENCE_MS = 30_000;

it('shows the newest refused requests of a connection, however many newer ones another connection has', async () => {
  const table = await systemTable();
  const domain = domainRecord();
  const { domainId } = domain;
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
  const log = new RequestLog(table, PATIENCE_MS);
  const refuse = (connectionId: string, minutesAgo: number, status: number) =>
    log.record(domainId, {
      id: newId(new Date(NOW.getTime() - minutesAgo * 60_000)),
      outcome: 'refused',
      method: 'PATCH',
      path: '/Users/0190-1',
      status,
      keyId: connectionId,
      connectionId,
      others: 0,
    });
  const noisy = Array.from({ length: 40 }, (_, index) => refuse('noisy', index / 10, 409));
  await Promise.all([...noisy, ...[60, 70, 80, 90].map((minutes) => refuse('new', minutes, 300 + minutes))]);
  const refused = async (connectionId?: string) =>
    (await readSetupProgress(table, domainId, connectionId, NOW)).requests.refused;
  expect((await refused('new')).map(({ status }) => status)).toEqual([360, 370, 380]);
  expect((await refused('new'))[0]).toMatchObject({ request: 'PATCH /Users/{id}' });
  expect((await refused()).map(({ status }) => status)).toEqual([409, 409, 409]);
  expect(await refused('unused')).toEqual([]);
});

it('shows refused token requests of a connection with the check that failed', async () => {
  const table = await systemTable();
  const domain = domainRecord();
  const { domainId } = domain;
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
  const diagnostics = new DiagnosticsStore(table, PATIENCE_MS);
  const refuse = (connectionId: string, route: string, detail: string) =>
    diagnostics.recordRefusal(domainId, { method: 'POST', route, status: 401, connectionId, detail }, 1, NOW);
  await refuse('entra', TOKEN_ROUTE, 'The client has no such secret.');
  await refuse('other', TOKEN_ROUTE, 'The client secret was revoked.');
  await refuse('entra', '/Users', 'It is no token request.');
  const refused = async (connectionId?: string) =>
    (await readSetupProgress(table, domainId, connectionId, NOW)).requests.refused;
  expect(await refused('entra')).toEqual([
    {
      at: NOW.toISOString(),
      request: 'POST /oauth2/token',
      status: 401,
      reason: 'The client has no such secret.',
    },
  ]);
  expect(await refused()).toHaveLength(2);
});
