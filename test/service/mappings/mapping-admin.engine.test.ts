import { AuditLog } from '../../../shared/store/audit/audit-log';
import type { Table } from '../../../shared/store/table/table';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';

let table: Table;
let harness: MappingsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(async () => {
  harness = await new MappingsHarness(table).create();
});

const ADMIN = { kind: 'admin', id: 'admin' } as const;
const full = { kind: 'userType', userType: 'Full User' } as const;
const byTitle = (value: string) => ({ from: { kind: 'attribute', path: 'title', value }, to: full }) as const;
const domainId = () => harness.caller.domainId;
const replace = (version: number, ...mappings: ReturnType<typeof byTitle>[]) =>
  harness.admin().replace(domainId(), { mappings, version }, ADMIN);
const createUser = (attributes: object) =>
  harness.users().create({ userName: `${Math.random()}@example.com`, ...attributes });

it('a domain without mappings has version 0, and the organizations of the vendor', async () => {
  expect(await harness.admin().get(domainId())).toEqual({
    mappings: [],
    organizations: [],
    vendorOrganizations: [{ name: 'Vendor', roles: ['member', 'admin'] }],
    version: 0,
  });
});

it('a domain that does not exist has none, and gets none', async () => {
  const admin = harness.admin();
  await expect(admin.get('0190a1b2-0000-7000-8000-000000000000')).rejects.toMatchObject({
    problem: 'notFound',
  });
  await expect(
    admin.replace('0190a1b2-0000-7000-8000-000000000000', { mappings: [], version: 0 }, ADMIN),
  ).rejects.toMatchObject({ problem: 'notFound' });
});

it('a change is refused if somebody else was faster, and then changes nothing', async () => {
  expect(await replace(0, byTitle('Dr'))).toMatchObject({ version: 1 });
  await expect(replace(0, byTitle('Prof'))).rejects.toMatchObject({ problem: 'conflict' });
  const [first, second] = await Promise.allSettled([replace(1, byTitle('A')), replace(1, byTitle('B'))]);
  expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected']);
  expect(await harness.admin().get(domainId())).toMatchObject({ version: 2 });
});

it('the same mappings again are no change', async () => {
  const { mappings } = await replace(0, byTitle('Dr'));
  const again = await harness.admin().replace(domainId(), { mappings, version: 1 }, ADMIN);
  expect(again).toMatchObject({ version: 1, mappings });
});

it('each change is an audit event, by mapping', async () => {
  const { mappings } = await replace(0, byTitle('Dr'), byTitle('Prof'));
  const [first, second] = mappings;
  if (!first || !second) throw new Error('There are no mappings.');
  await harness.admin().replace(domainId(), { mappings: [second], version: 1 }, ADMIN);
  const { events } = await new AuditLog(table, domainId()).page(
    { action: 'mappings.changed' },
    10,
    new Date(),
  );
  expect(events.map(({ changes }) => changes)).toEqual([
    [
      { attribute: `mapping ${first.id}`, before: '1. title "Dr" → user type Full User' },
      {
        attribute: `mapping ${second.id}`,
        before: '2. title "Prof" → user type Full User',
        after: '1. title "Prof" → user type Full User',
      },
    ],
    [
      { attribute: `mapping ${first.id}`, after: '1. title "Dr" → user type Full User' },
      { attribute: `mapping ${second.id}`, after: '2. title "Prof" → user type Full User' },
    ],
  ]);
  expect(events[0]).toMatchObject({ actor: { kind: 'admin', id: 'admin' } });
  expect(RETENTION_DAYS).toBeGreaterThan(0);
});

describe('a preview', () => {
  it('shows the users who change, with before and after, and writes nothing', async () => {
    const ada = await createUser({ title: 'Dr' });
    await createUser({ title: 'Prof' });
    const guest = await createUser({});
    await harness
      .groups()
      .create({ displayName: 'Guests', externalId: 'x-1', members: [{ value: guest.id }] });
    await replace(0, byTitle('Prof'));
    await harness.settle();
    const preview = await harness.admin().preview(domainId(), {
      mappings: [
        byTitle('Prof'),
        byTitle('dr'),
        { from: { kind: 'group', by: 'displayName', value: 'guests' }, to: { kind: 'noLicense' } },
      ],
    });
    expect(preview).toMatchObject({ examined: 3, total: 3, changed: 2 });
    expect(preview).not.toHaveProperty('next');
    expect(preview.users).toMatchObject([
      { userId: ada.id, before: { userType: 'Basic User' }, after: { userType: 'Full User' } },
      { userId: guest.id, before: { license: true }, after: { license: false } },
    ]);
    expect(await harness.changes()).toEqual([]);
    expect(await harness.license(ada.id)).toMatchObject({ userType: 'Basic User' });
  });

  it('refuses what cannot be stored', async () => {
    const mappings = [{ from: byTitle('a').from, to: { kind: 'userType', userType: 'No' } }] as const;
    await expect(harness.admin().preview(domainId(), { mappings })).rejects.toMatchObject({
      problem: 'invalid',
    });
  });
});
