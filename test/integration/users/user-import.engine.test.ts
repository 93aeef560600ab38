import { IMPORT_BURST, ImportLimit } from '../../../shared/store/limits/import-limit';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { uniqueName } from '../../support/requests/bodies';
import { signedInClient } from '../../support/system/admin-client';
import { createDomainClient, domainAdmin, OPERATOR, session } from '../../support/system/system';

interface Result {
  readonly row: number;
  readonly outcome: string;
  readonly userId?: string;
  readonly fields?: readonly string[];
  readonly field?: string;
  readonly detail?: string;
  readonly license?: string;
}

async function importer(settings: object = {}) {
  const client = await createDomainClient();
  const { domainId } = client;
  if (Object.keys(settings).length > 0)
    await (await domainAdmin()).updateDomain(domainId, settings, OPERATOR);
  const path = `/domains/${domainId}/users`;
  const owner = await signedInClient({ id: `importer-${domainId}`, roles: [`${domainId}:owner`] });
  const send = async (values: readonly object[], dryRun = false): Promise<readonly Result[]> => {
    const rows = values.map((each, at) => ({ row: at + 2, values: each }));
    const { status, body } = await owner('POST', `${path}/import`, { rows, dryRun });
    expect(status).toBe(200);
    return body.results as readonly Result[];
  };
  return { client, domainId, owner, path, send };
}

const outcomes = (results: readonly Result[]) => results.map(({ outcome }) => outcome);
const newRows = (count: number, more: object = {}) =>
  Array.from({ length: count }, () => ({ userName: uniqueName('row'), ...more }));

describe('an import of users', () => {
  it('shows what it will do without a change, then does it, and then changes nothing', async () => {
    const { send, owner, path, domainId } = await importer();
    const [existing, same, added] = newRows(3, { active: 'false', title: 'Engineer' });
    await send([existing!, same!]);
    const rows = [{ ...existing, title: '', active: 'TRUE' }, same!, added!];
    const preview = await send(rows, true);
    expect(preview).toMatchObject([
      { outcome: 'change', fields: ['active', 'title'], license: 'starts' },
      { outcome: 'unchanged' },
      { outcome: 'create' },
    ]);
    expect(preview[2]).not.toHaveProperty('userId');
    expect((await owner('GET', path)).body.items).toHaveLength(2);
    expect(outcomes(await send(rows))).toEqual(outcomes(preview));
    // The response may have been lost, so the client sends the same rows again.
    expect(outcomes(await send(rows))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect((await owner('GET', path)).body.items).toHaveLength(3);
    await expectConsistent(domainId);
  });

  it('goes on after a row that is refused, and says why', async () => {
    const { send, client, domainId } = await importer();
    const userName = uniqueName('of-connection');
    await client.request('POST', '/Users', { userName, active: false });
    const [first, last] = newRows(2, { active: 'false' });
    const results = await send([
      first!,
      { userName: '' },
      { userName: uniqueName('bad'), email: 'nobody' },
      { userName, title: 'Boss' },
      { userName: first!.userName.toUpperCase(), title: 'Twice' },
      { userName: uniqueName('unknown'), shoeSize: '44' },
      { userName, active: 'false' },
      last!,
    ]);
    expect(results.map(({ outcome, field }) => [outcome, field])).toEqual([
      ['create', undefined],
      ['error', 'userName'],
      ['error', 'email'],
      ['error', undefined],
      ['error', 'userName'],
      ['error', 'shoeSize'],
      ['error', 'userName'],
      ['create', undefined],
    ]);
    expect(results[3]?.detail).toContain('managed by a connection');
    await expectConsistent(domainId);
  });

  it('gives the free seats to the first rows, and refuses the others', async () => {
    const { send, domainId } = await importer({ seats: 2, seatPolicy: 'refuse' });
    const rows = [...newRows(3), ...newRows(1, { active: 'no' })];
    const preview = await send(rows, true);
    const results = await send(rows);
    expect(preview).toEqual(results.map(({ userId: _, ...result }) => result));
    expect(outcomes(results)).toEqual(['create', 'create', 'error', 'create']);
    expect(results[2]?.detail).toMatch(/2 seats/);
    await expectWithinSeats(domainId);
  });

  it('says which licenses wait for a seat', async () => {
    const { send, domainId } = await importer({ seats: 2, seatPolicy: 'wait' });
    const rows = newRows(3);
    const licenses = async (dryRun: boolean) => (await send(rows, dryRun)).map(({ license }) => license);
    expect(await licenses(true)).toEqual(['starts', 'starts', 'waits']);
    expect(await licenses(false)).toEqual(['starts', 'starts', 'waits']);
    await expectWithinSeats(domainId);
  });

  it('leaves consistent data if two administrators import the same file at the same time', async () => {
    const { send, owner, path, domainId } = await importer();
    const rows = newRows(10, { title: 'Engineer' });
    const both = await Promise.all([send(rows), send(rows)]);
    expect(both.flat().filter(({ outcome }) => outcome === 'error')).toEqual([]);
    expect(both.flat().filter(({ outcome }) => outcome === 'create')).toHaveLength(10);
    expect((await owner('GET', path)).body.items).toHaveLength(10);
    await expectConsistent(domainId);
  });

  it('changes nothing if the exported rows are imported, also for users of a connection', async () => {
    const { send, client, owner, path } = await importer();
    await client.request('POST', '/Users', {
      userName: uniqueName('full'),
      name: { givenName: ' Zoë ', familyName: 'O’Neil', formatted: 'Zoë O’Neil' },
      emails: [{ value: 'zoe@example.com', primary: true }, { value: 'home@example.com' }],
      entitlements: [{ value: 'Full User' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: '=1+1' },
    });
    await send([...newRows(2, { displayName: '"Quoted"\nName' }), { userName: 'no-address', active: 'no' }]);
    const { items } = (await owner('GET', `${path}/export?limit=2`)).body;
    expect(items).toHaveLength(2);
    const all = (await owner('GET', `${path}/export?limit=100`)).body.items;
    expect(all).toHaveLength(4);
    expect(outcomes(await send(all.map(({ values }) => values as object)))).toEqual(
      all.map(() => 'unchanged'),
    );
  });

  it('has a limit of its own for each domain', async () => {
    const [busy, other] = await Promise.all([importer(), importer()]);
    // As if the administrators had just imported as many rows as they may, with a clock that is a minute
    // ahead.
    const limit = new ImportLimit(await systemTable());
    expect(await limit.take(busy.domainId, IMPORT_BURST, Date.now() + 60_000)).toBe(0);
    const refused = await importStatus(busy.path);
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(1);
    expect((await importStatus(other.path)).status).toBe(200);
  });
});

/** Sends a row, and returns the status. Unlike `adminClient`, it does not wait after a 429. */
async function importStatus(path: string): Promise<{ status: number; retryAfter: string | null }> {
  const { adminUrl, adminToken } = session();
  const { status, headers } = await fetch(`${adminUrl}${path}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rows: [{ row: 2, values: { userName: 'x' } }], dryRun: true }),
  });
  return { status, retryAfter: headers.get('retry-after') };
}
