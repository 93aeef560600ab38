import type { MailRef } from '../../../shared/store/mail/mail-item';
import { ADDRESS, mailEvent, useSuppressionFixture } from '../../support/mail/suppression-fixture';

const fixture = useSuppressionFixture();

/** Runs `act` just before the transaction that clears the address. */
const meanwhile = (...acts: (() => Promise<unknown>)[]) =>
  fixture.front.injectFaults(
    'TransactWriteItems',
    ...acts.map((act) => ({ kind: 'after', act: async () => void (await act()) }) as const),
  );

it.each<[string, () => Promise<MailRef>]>([
  [
    'the email of another user is stopped',
    async () => {
      const other = await fixture.sentMail();
      await fixture.suppressed.isSuppressed(other, ADDRESS);
      return other;
    },
  ],
  [
    'the email of another user bounces',
    async () => {
      const other = await fixture.sentMail();
      await fixture.events.record(mailEvent('bounced', other));
      return other;
    },
  ],
  [
    'another email of the same user bounces',
    async () => {
      const other = await fixture.sentMail(fixture.bounced.userId);
      await fixture.events.record(mailEvent('bounced', other));
      return other;
    },
  ],
  [
    'the same email causes a complaint',
    async () => {
      await fixture.events.record(mailEvent('complained', fixture.bounced));
      return fixture.bounced;
    },
  ],
])('is cleared from every license if %s at the same time', async (_, act) => {
  let other: MailRef | undefined;
  meanwhile(async () => {
    other = await act();
    expect(await fixture.licenseOf(other)).toHaveProperty('mailProblem');
  });
  expect(await fixture.clear(fixture.front.table)).toBe('cleared');
  for (const mail of [fixture.bounced, other ?? fixture.bounced]) {
    expect(await fixture.licenseOf(mail)).not.toHaveProperty('mailProblem');
    expect(await fixture.suppressed.isSuppressed(mail, ADDRESS)).toBe(false);
  }
  expect(await fixture.auditEvents()).toMatchObject([{ action: 'address.cleared' }]);
});

it('is cleared once, with one audit event, by two requests at the same time', async () => {
  expect((await Promise.all([fixture.clear(), fixture.clear()])).sort()).toEqual(['cleared', 'notFound']);
  expect(await fixture.licenseOf(fixture.bounced)).not.toHaveProperty('mailProblem');
  expect(await fixture.auditEvents()).toHaveLength(1);
});

it('is cleared with one audit event if the response is lost', async () => {
  fixture.front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
  expect(await fixture.clear(fixture.front.table)).toBe('cleared');
  expect(await fixture.auditEvents()).toHaveLength(1);
});

it('stays suppressed, and the request is a conflict, if emails fail again and again', async () => {
  const fail = async () => fixture.events.record(mailEvent('bounced', await fixture.sentMail()));
  meanwhile(fail, fail, fail, fail, fail);
  const admin = fixture.admin(fixture.front.table);
  const request = admin.clearAddress(fixture.domainId, ADDRESS, { kind: 'admin', id: 'operator' });
  await expect(request).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
  expect(await fixture.suppressed.isSuppressed(fixture.bounced, ADDRESS)).toBe(true);
  expect(await fixture.auditEvents()).toEqual([]);
  await admin.clearAddress(fixture.domainId, ADDRESS, { kind: 'admin', id: 'operator' });
  expect((await fixture.suppressed.list(fixture.domainId, 10)).addresses).toEqual([]);
});
