import { randomUUID } from 'node:crypto';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import { licenseRecordKey } from '../../../shared/store/table/keys';
import {
  suppressedKey,
  suppressedUserKey,
  suppressedUsersPartition,
} from '../../../shared/store/table/mail-keys';
import { ADDRESS, mailEvent, useSuppressionFixture } from '../../support/mail/suppression-fixture';

const fixture = useSuppressionFixture();

describe('an address of many users', () => {
  let others: MailRef[];
  const addUsers = async (count: number): Promise<void> => {
    others = await Promise.all(Array.from({ length: count }, () => fixture.sentMail()));
    for (const other of others) await fixture.suppressed.isSuppressed(other, ADDRESS);
  };
  const withProblem = async () => {
    const keys = [fixture.bounced, ...others].map(({ userId }) => licenseRecordKey(fixture.domainId, userId));
    return (await fixture.table.getAll(keys)).filter((license) => license.mailProblem !== undefined);
  };
  const users = async () =>
    (await fixture.table.query({ pk: suppressedUsersPartition(fixture.domainId) })).items;

  it('has an item that does not grow with them', async () => {
    await addUsers(20);
    expect(await withProblem()).toHaveLength(21);
    expect(
      JSON.stringify(await fixture.table.get(suppressedKey(fixture.domainId, ADDRESS))).length,
    ).toBeLessThan(500);
    expect((await fixture.suppressed.list(fixture.domainId, 10)).addresses).toHaveLength(1);
  });

  it('is written once for each user', async () => {
    await addUsers(5);
    const before = await fixture.table.get(suppressedKey(fixture.domainId, ADDRESS));
    for (const other of others) expect(await fixture.suppressed.isSuppressed(other, ADDRESS)).toBe(true);
    expect(await fixture.table.get(suppressedKey(fixture.domainId, ADDRESS))).toEqual(before);
  });

  it('is cleared in parts, each of which continues where the time was up', async () => {
    await addUsers(220);
    const left = [221];
    for (let part = 1; part <= 2; part++) {
      let checks = 0;
      expect(await fixture.clear(fixture.table, () => ++checks > 1)).toBe('unfinished');
      left.push((await withProblem()).length);
      expect(await users()).toHaveLength(left[part] ?? 0);
      expect(await fixture.suppressed.has(fixture.domainId, ADDRESS)).toBe(true);
    }
    expect(left).toEqual([221, 121, 21]);
    expect(await fixture.auditEvents()).toEqual([]);
    expect(await fixture.clear()).toBe('cleared');
    expect([await withProblem(), await users()]).toEqual([[], []]);
    expect(await fixture.auditEvents()).toHaveLength(1);
    expect(await fixture.clear()).toBe('notFound');
  });

  it('asks the administrator to repeat the request if the time is up', async () => {
    await addUsers(3);
    const at = new Date();
    const admin = fixture.admin(fixture.table, () => at);
    const request = (deadline?: number) =>
      admin.clearAddress(fixture.domainId, ADDRESS, { kind: 'admin', id: 'operator' }, deadline);
    await expect(request(at.getTime() - 1)).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'tooSoon',
      retryAfterSeconds: 1,
      message: expect.stringContaining('Send the same request again') as string,
    });
    await request(at.getTime());
    expect(await withProblem()).toEqual([]);
  });
});

it('keeps a user whose email bounces while the user is removed', async () => {
  fixture.front.injectFaults('DeleteItem', {
    kind: 'after',
    act: async () =>
      void (await fixture.events.record(
        mailEvent('bounced', await fixture.sentMail(fixture.bounced.userId)),
      )),
  });
  expect(await fixture.clear(fixture.front.table)).toBe('cleared');
  expect(await fixture.licenseOf(fixture.bounced)).not.toHaveProperty('mailProblem');
  expect((await fixture.table.query({ pk: suppressedUsersPartition(fixture.domainId) })).items).toEqual([]);
});

it('has the problem of a user in the current spelling of the address', async () => {
  const other = await fixture.sentMail();
  const spelled = ADDRESS.toUpperCase();
  await fixture.suppressed.isSuppressed(other, ADDRESS);
  await fixture.table.update(licenseRecordKey(fixture.domainId, other.userId), { set: { email: spelled } });
  expect(await fixture.suppressed.isSuppressed(other, spelled)).toBe(true);
  expect(await fixture.licenseOf(other)).toMatchObject({ mailProblem: { address: spelled } });
});

it('is cleared from the licenses of users whom a function of the previous version did not know', async () => {
  const other = await fixture.sentMail();
  await fixture.suppressed.isSuppressed(other, ADDRESS);
  await fixture.table.delete(suppressedKey(fixture.domainId, ADDRESS));
  expect(await fixture.clear()).toBe('cleared');
  for (const mail of [fixture.bounced, other])
    expect(await fixture.licenseOf(mail)).not.toHaveProperty('mailProblem');
  expect(await fixture.clear()).toBe('notFound');
});

describe('an item of the previous version', () => {
  const former = (users: readonly string[], detail: string) => ({
    ...suppressedKey(fixture.domainId, ADDRESS),
    ...{ address: ADDRESS, reason: 'bounced', at: '2026-01-01T00:00:00.000Z', detail },
    userIds: new Set(users),
  });

  /** Stores the largest item that DynamoDB accepts. */
  async function storeLargest(users: readonly string[]): Promise<void> {
    let [fits, tooLong] = [0, 40_000];
    while (tooLong - fits > 1) {
      const length = Math.floor((fits + tooLong) / 2);
      const stored = await fixture.table.put(former(users, 'x'.repeat(length))).then(
        () => true,
        () => false,
      );
      if (stored) fits = length;
      else tooLong = length;
    }
    await fixture.table.put(former(users, 'x'.repeat(fits)));
  }

  it('that is full of users still stops emails, and can be cleared', async () => {
    const known = await Promise.all(Array.from({ length: 150 }, () => fixture.sentMail()));
    const mailProblem = { kind: 'bounced', at: '2026-01-01T00:00:00.000Z', address: ADDRESS };
    for (const { userId } of known)
      await fixture.table.update(licenseRecordKey(fixture.domainId, userId), { set: { mailProblem } });
    const ids = known.map(({ userId }) => userId);
    await storeLargest([...ids, ...Array.from({ length: 10_300 }, () => randomUUID())]);
    const other = await fixture.sentMail();
    expect(await fixture.suppressed.isSuppressed(other, ADDRESS)).toBe(true);
    expect(await fixture.licenseOf(other)).toHaveProperty('mailProblem');
    expect(await fixture.table.get(suppressedUserKey(fixture.domainId, ADDRESS, other.userId))).toBeDefined();
    expect(await fixture.suppressed.isSuppressed(known[0] ?? other, ADDRESS)).toBe(true);

    let checks = 0;
    expect(await fixture.clear(fixture.table, () => ++checks > 1)).toBe('unfinished');
    expect(await fixture.clear()).toBe('cleared');
    for (const mail of [...known, other])
      expect(await fixture.licenseOf(mail)).not.toHaveProperty('mailProblem');
    expect(await fixture.suppressed.has(fixture.domainId, ADDRESS)).toBe(false);
  });
});
