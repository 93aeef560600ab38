import { newId } from '../../../shared/id';
import { type Actor, type AuditEvent, putAudit } from '../../../shared/store/audit/audit';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { auditKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { auditEvent, newDomainId, readItem } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const RETENTION_DAYS = 365;

let table: Table;
let domainId: string;
beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  domainId = newDomainId();
});

const write = async (event: AuditEvent): Promise<AuditEvent> => {
  await putAudit(table, domainId, event, RETENTION_DAYS);
  return event;
};
const readAll = async (connectionId?: string) =>
  (await new AuditLog(table, domainId).page({ ...(connectionId && { connectionId }) }, 25, NOW)).events;
const scimKey = (keyId: string, connectionId?: string): Actor => ({
  kind: 'scimKey',
  keyId,
  ...(connectionId && { connectionId }),
});

describe('the connection of an actor', () => {
  it('is stored if it differs from the credential, and is always read', async () => {
    const own = await write({ ...auditEvent('user.created', 'u'), actor: scimKey('k', 'k') });
    const former = await write({ ...auditEvent('user.updated', 'u'), actor: scimKey('k') });
    const other = await write({ ...auditEvent('user.deleted', 'u'), actor: scimKey('k', 'c') });
    const stored = await Promise.all(
      [own, former, other].map(({ id }) => readItem(table, auditKey(domainId, id))),
    );
    expect(stored.map((item) => item?.actor)).toEqual([scimKey('k'), scimKey('k'), scimKey('k', 'c')]);
    expect((await readAll()).map(({ actor }) => actor)).toEqual([
      scimKey('k', 'c'),
      scimKey('k', 'k'),
      scimKey('k', 'k'),
    ]);
  });
});

describe('the events of a connection', () => {
  it('are those of its requests, of its credentials, and of itself', async () => {
    const connectionId = newId();
    const admin: Actor = { kind: 'admin', id: 'operator' };
    const events = [
      { ...auditEvent('connection.created', connectionId), actor: admin },
      { ...auditEvent('secret.created', newId()), actor: admin, connectionId },
      { ...auditEvent('user.created', 'u'), actor: scimKey('k', connectionId) },
      { ...auditEvent('token.refused', connectionId), actor: scimKey(connectionId) },
    ] as const;
    for (const event of events) await write(event);
    await write({ ...auditEvent('user.created', 'u'), actor: scimKey('k') });
    await write({ ...auditEvent('key.created', 'k'), actor: admin });
    const found = await readAll(connectionId);
    expect(found.map(({ action }) => action).reverse()).toEqual(events.map(({ action }) => action));
    expect((await readAll('k')).map(({ action }) => action)).toEqual(['key.created', 'user.created']);
  });
});

it('an action that version 0.1.0 does not know is stored as one that it reads', async () => {
  const { id } = await write(auditEvent('token.refused', 'c'));
  expect(await readItem(table, auditKey(domainId, id))).toMatchObject({ action: 'request.refused' });
  expect(await readAll()).toMatchObject([{ id, action: 'token.refused' }]);
});
