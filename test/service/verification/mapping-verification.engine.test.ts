import { CountVerifier, type CountPosition } from '../../../shared/service/verification/count-verification';
import type { MappingDifference } from '../../../shared/service/verification/mapping-verification';
import { licenseRecordKey, mappingEvaluationKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { createTableLikeSystem } from '../../support/store/create-table';

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

const ACTOR = { kind: 'admin', id: 'admin' } as const;

/** Verifies a domain part by part, as the CLI does. */
async function verify({ caller: { domainId } }: MappingsHarness, repair = false) {
  const verifier = new CountVerifier(table, domainId, ACTOR, { auditRetentionDays: 30 });
  const mappings: MappingDifference[] = [];
  let [next, repaired, exact, parts]: [CountPosition | undefined, number, boolean, number] = [
    undefined,
    0,
    true,
    0,
  ];
  do {
    const part = await verifier.verify(repair, next);
    mappings.push(...part.mappings);
    repaired += part.repaired;
    exact &&= part.exact;
    next = part.next;
    parts++;
  } while (next !== undefined);
  return { mappings, repaired, exact, parts };
}

async function mappedDomain() {
  const harness = await new MappingsHarness(table).create();
  await harness.map(
    [
      { from: { kind: 'role', value: 'Guest' }, to: { kind: 'noLicense' } },
      { from: { kind: 'role', value: 'Lead' }, to: { kind: 'userType', userType: 'Full User' } },
      {
        from: { kind: 'role', value: 'Lead' },
        to: { kind: 'organization', organization: 'Berlin', role: 'lead' },
      },
    ],
    [{ name: 'Berlin', roles: ['lead'] }],
  );
  await harness.settle();
  const create = async (role: string) =>
    (await harness.users().create({ userName: `${Math.random()}@example.com`, roles: [{ value: role }] })).id;
  const [lead, other] = [await create('Lead'), await create('Engineer')];
  await harness.settle();
  return { harness, lead, other, domainId: harness.caller.domainId };
}

it('finds nothing in a domain without mappings, or whose licenses are as the mappings say', async () => {
  const plain = await new MappingsHarness(table).create();
  await plain.users().create({ userName: `${Math.random()}@example.com` });
  expect(await verify(plain)).toMatchObject({ mappings: [], repaired: 0, exact: true });
  const { harness } = await mappedDomain();
  expect(await verify(harness)).toMatchObject({ mappings: [], repaired: 0, exact: true });
});

it('shows what is wrong in a license, changes nothing, and repairs it by an evaluation', async () => {
  const { harness, lead, other, domainId } = await mappedDomain();
  await table.update(licenseRecordKey(domainId, lead), {
    set: { userType: 'Basic User' },
    remove: ['organizations', 'userTypeMapping'],
  });
  await table.update(licenseRecordKey(domainId, other), { set: { noLicenseMapping: 'm' } });
  const wrong = await verify(harness);
  expect(wrong).toMatchObject({ repaired: 0, exact: true });
  expect(wrong.mappings.map(({ userId, attribute }) => [userId, attribute])).toEqual([
    [lead, 'userType'],
    [lead, 'userTypeMapping'],
    [lead, 'organizations'],
    [other, 'noLicenseMapping'],
  ]);
  expect(wrong.mappings[0]).toEqual({
    userId: lead,
    attribute: 'userType',
    stored: 'Basic User',
    expected: 'Full User',
  });
  expect(wrong.mappings[3]).toEqual({ userId: other, attribute: 'noLicenseMapping', stored: 'm' });
  expect(await harness.changes()).toEqual([]);

  expect(await verify(harness, true)).toMatchObject({ mappings: wrong.mappings, repaired: 4, exact: true });
  // Until the evaluation has ended, a difference may be repaired already.
  expect(await verify(harness, true)).toMatchObject({ repaired: 0, exact: false });
  await harness.settle();
  expect(await verify(harness)).toMatchObject({ mappings: [], exact: true });
  expect(await harness.license(lead)).toMatchObject({
    userType: 'Full User',
    organizations: [{ role: 'lead' }],
  });
});

describe('while all users are evaluated', () => {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  async function evaluatedDomain(attributes: object) {
    const mapped = await mappedDomain();
    const key = mappingEvaluationKey(mapped.domainId);
    expect(await table.get(key)).toMatchObject({
      phase: 'finished',
      advancedAt: expect.any(String) as string,
    });
    await table.put({ ...key, version: 1, phase: 'users', done: 1, total: 2, ...attributes });
    await mapped.harness.changes();
    return mapped;
  }

  it('nothing is repaired if the evaluation makes progress, and equal licenses are right', async () => {
    const { harness, lead, domainId } = await evaluatedDomain({ startedAt: ago(60), advancedAt: ago(5) });
    expect(await verify(harness, true)).toMatchObject({ mappings: [], repaired: 0, exact: true });
    await table.update(licenseRecordKey(domainId, lead), { set: { userType: 'Basic User' } });
    expect(await verify(harness, true)).toMatchObject({
      ...{ mappings: [{ attribute: 'userType' }], repaired: 0, exact: false },
    });
    expect(await harness.changes()).toEqual([]);
  });

  it('a repair starts an evaluation again that has stopped', async () => {
    const { harness, lead, domainId } = await evaluatedDomain({ startedAt: ago(60), advancedAt: ago(20) });
    await table.update(licenseRecordKey(domainId, lead), { set: { userType: 'Basic User' } });
    expect(await verify(harness)).toMatchObject({ mappings: [{ attribute: 'userType' }], exact: true });
    expect(await verify(harness, true)).toMatchObject({ repaired: 1, exact: true });
    await harness.settle();
    expect(await harness.license(lead)).toMatchObject({ userType: 'Full User' });
    expect(await table.get(mappingEvaluationKey(domainId))).toMatchObject({ phase: 'finished' });
  });
});

it('shows a user who should have no license', async () => {
  const { harness, other, domainId } = await mappedDomain();
  await harness.users(false).patch(other, {
    Operations: [{ op: 'replace', path: 'roles', value: [{ value: 'guest' }] }],
  });
  await harness.changes();
  expect((await verify(harness)).mappings).toEqual(
    expect.arrayContaining([{ userId: other, attribute: 'license', stored: 'active', expected: 'inactive' }]),
  );
  await verify(harness, true);
  await harness.settle();
  expect(await harness.license(other)).toMatchObject({ domainId, status: 'inactive' });
  expect((await verify(harness)).mappings).toEqual([]);
});
