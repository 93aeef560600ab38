import { randomUUID } from 'node:crypto';
import { newId } from '../../shared/id';
import { openSuppressionAdmin } from '../../shared/service/mail/suppression-admin';
import { credentialKey } from '../../shared/store/table/keys';
import { dateOf, UsageHistory } from '../../shared/store/usage/usage-history';
import { usageDayKey } from '../../shared/store/usage/usage-keys';
import { openTable, type Table } from '../../shared/store/table/table';
import { feedUntil, subscribe } from '../support/events/feed';
import { eventually } from '../support/jest/timeouts';
import { injectSesFault } from '../support/system/ses-faults';
import { listMailsTo, waitForMail } from '../support/system/mails';
import { deployment, domainAdmin, fireRule, OPERATOR, scimKeyAdmin, session } from '../support/system/system';

const DAY_MS = 86_400_000;
const IN_6_DAYS = 'A SCIM key for Example Product expires in 6 days';

let table: Table;

beforeAll(async () => {
  await domainAdmin();
  table = openTable((await deployment()).tableName);
});

const createDomain = async (...notifyAddresses: string[]): Promise<string> =>
  (await (await domainAdmin()).createDomain({ name: 'Example Inc', notifyAddresses }, OPERATOR)).domainId;

/** Stores a key as the version before reminders did. Returns its id. */
async function storeOldKey(domainId: string, days: number): Promise<string> {
  const keyId = newId();
  await table.put({
    ...credentialKey(domainId, keyId),
    ...{ keyId, name: 'Okta', hash: 'hash' },
    createdAt: new Date(Date.now() - 300 * DAY_MS).toISOString(),
    expireTime: new Date(Date.now() + days * DAY_MS).toISOString(),
  });
  return keyId;
}

it('the deployed function reminds each address once of a key that expires, with a link to the portal', async () => {
  const [one, other] = [`it-${randomUUID()}@example.com`, `ops-${randomUUID()}@example.com`] as const;
  const domainId = await createDomain(one, other);
  await storeOldKey(domainId, 6);
  await (await scimKeyAdmin()).createScimKey(domainId, { name: 'never' }, OPERATOR);
  await fireRule('KeyReminders');
  await fireRule('KeyReminders');
  for (const address of [one, other]) {
    const mails = await listMailsTo(address);
    expect(mails.map(({ subject }) => subject)).toEqual([IN_6_DAYS]);
    expect(mails[0]?.body.text).toContain(`${session().portalUrl}/domains/${domainId}/settings/scim`);
  }
});

it('a reminder that bounces suppresses its address, and a revoked key has none', async () => {
  const address = `bounce+${randomUUID()}@simulator.amazonses.com`;
  const domainId = await createDomain(address);
  await subscribe(domainId);
  const keyId = await storeOldKey(domainId, 6);
  await fireRule('KeyReminders');
  await waitForMail(address);
  const suppressed = openSuppressionAdmin(await deployment());
  await eventually(
    'the suppression',
    async () => (await suppressed.list(domainId, 10)).addresses.length === 1,
  );
  const [entry] = (await suppressed.list(domainId, 10)).addresses;
  expect(entry).toMatchObject({ address, reason: 'bounced' });
  expect(entry?.userId).toBeUndefined();
  const events = await feedUntil(domainId, (_, all) =>
    ['email.bounced', 'connection.expiring'].every((wanted) => all.some(({ type }) => type === wanted)),
  );
  expect(events.find(({ type }) => type === 'email.bounced')?.data).toMatchObject({ credentialId: keyId });
  const expiring = events.filter(({ type }) => type === 'connection.expiring');
  expect(expiring.map(({ data }) => data)).toEqual([
    { connectionId: keyId, credentialId: keyId, expireTime: expect.any(String) as string },
  ]);

  await storeOldKey(domainId, 0.5);
  await fireRule('KeyReminders');
  expect(await listMailsTo(address)).toHaveLength(1);

  await suppressed.clearAddress(domainId, address, OPERATOR);
  const revoked = await storeOldKey(domainId, 5);
  await (await scimKeyAdmin()).revokeScimKey(domainId, revoked, OPERATOR);
  await fireRule('KeyReminders');
  expect(await listMailsTo(address)).toHaveLength(1);
});

it('a reminder that SES refuses for now is sent in the next run', async () => {
  const address = `it-${randomUUID()}@example.com`;
  const domainId = await createDomain(address);
  await storeOldKey(domainId, 6);
  await injectSesFault('Throttling', address);
  await fireRule('KeyReminders');
  expect(await listMailsTo(address)).toEqual([]);
  await fireRule('KeyReminders');
  expect(await listMailsTo(address)).toHaveLength(1);
});

it('the deployed function records the licenses and seats of the day', async () => {
  const { domainId } = await (await domainAdmin()).createDomain({ name: 'Example Inc', seats: 7 }, OPERATOR);
  const yesterday = dateOf(new Date(Date.now() - DAY_MS));
  await eventually('the record of the day', async () => {
    // Another run may have recorded the day before the domain existed.
    await table.delete(usageDayKey);
    await fireRule('KeyReminders');
    const [day] = await new UsageHistory(table, domainId).between(yesterday, dateOf(new Date()));
    return day?.seats === 7 && day.users === 0;
  });
});
