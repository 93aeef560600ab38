import { newId } from '../../../shared/id';
import { mailKeyOf, type MailRef, type NewEntry } from '../../../shared/store/mail/mail-item';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import {
  decisiveMails,
  lastKeyMail,
  type RelatedMails,
  wasToldOfKey,
} from '../../../shared/store/mail/related-mails';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';

const RETENTION_DAYS = 400;
const NOW = new Date('2026-03-01T12:00:00.000Z');
const DAY_MS = 86_400_000;
const dayBefore = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let table: Table;
let mails: MailStore;
let outbox: OutboxStore;
let userId: string;

beforeAll(async () => {
  table = await createTable();
  mails = new MailStore(table, { leaseMs: 15_000, retentionDays: RETENTION_DAYS });
  outbox = new OutboxStore(table, RETENTION_DAYS);
});

beforeEach(() => {
  userId = newId(dayBefore(100));
});

const refOf = (mailId: string, user = userId): MailRef => ({ domainId: 'domain-1', userId: user, mailId });
const key = (mailId: string) => ({
  changeId: mailId,
  licenseStatus: 'active' as const,
  kind: 'license-key',
  to: 'jane@example.com',
});
const notice = (mailId: string) => ({
  ...key(mailId),
  licenseStatus: 'inactive' as const,
  kind: 'license-deactivated',
});

const claim = (mailId: string, user = userId) => mails.claim(refOf(mailId, user), key(mailId), NOW);
async function addSent(mailId: string, of: (id: string) => NewEntry & { kind: string; to: string } = key) {
  await mails.claim(refOf(mailId), of(mailId), NOW);
  await mails.mark(refOf(mailId), { status: 'sent', messageId: 'm-1' }, NOW);
}
const addNone = (mailId: string, toldBy?: readonly string[]) =>
  mails.recordEntry(refOf(mailId), { changeId: mailId, licenseStatus: 'inactive', toldBy }, NOW);
const related = (mailId: string, previousChangeId?: string) =>
  mails.related(refOf(mailId), previousChangeId, NOW);
const idsOf = async (mailId: string, previousChangeId?: string) =>
  (await related(mailId, previousChangeId)).mails.map((entry) => entry.mailId);
const expire = (mailId: string) => table.delete(mailKeyOf(refOf(mailId)));

describe('related', () => {
  it('finds the earlier emails of this license down to one that tells something, and one of the previous change', async () => {
    await addSent('1-sent');
    await addNone('2-ended');
    await addSent('3-sent');
    await addNone('4-none');
    await outbox.add(refOf('5-due'), key('5-due'), NOW);
    await claim('6-this');
    await addSent('7-later');
    await claim('5-of another', newId());
    expect(await idsOf('6-this')).toEqual(['5-due', '4-none', '3-sent']);
    expect(await idsOf('6-this', '5-due')).toEqual(['5-due', '4-none', '3-sent']);
    expect(await idsOf('6-this', '2-ended')).toEqual(['5-due', '4-none', '3-sent', '2-ended']);
    expect(await idsOf('6-this', '2-unknown')).toEqual(['5-due', '4-none', '3-sent', '2-ended']);
  });

  it('finds the emails that the newest entry names, without those between them', async () => {
    await addSent('1-sent');
    await outbox.add(refOf('2-failed'), notice('2-failed'), NOW);
    for (let each = 10; each < 30; each++) await addNone(`3-${each}`);
    await addNone('4-names', ['1-sent', '2-failed', '3-expired']);
    await addNone('5-none');
    expect(await idsOf('6-this')).toEqual(['5-none', '4-names', '1-sent', '2-failed']);
    await addNone('7-names', []);
    expect(await idsOf('8-this')).toEqual(['7-names']);
  });

  it('reads through the entries of changes without emails', async () => {
    await addSent('1-sent');
    for (let each = 10; each < 99; each++) await addNone(`2-${each}`);
    const ids = await idsOf('3-this');
    expect(ids).toHaveLength(90);
    expect(ids.at(-1)).toBe('1-sent');
  });
});

/** What the user was told: of the key, of its end, or of nothing. `unknown`: an email may have expired. */
function toldBy(earlier: RelatedMails): string {
  if (lastKeyMail(earlier)) return 'the key';
  return wasToldOfKey(earlier) ? 'unknown' : 'nothing or the end';
}

describe('what the user was told', () => {
  it.each<[told: string, userAge: number, make: () => Promise<unknown>, previous?: string]>([
    ['nothing or the end', 100, () => addNone('2-none')],
    ['the key', 500, () => addSent('2-sent')],
    ['the key', 500, () => Promise.all([addSent('1-sent'), addNone('2-names', ['1-sent'])]), '2-names'],
    ['nothing or the end', 500, () => addSent('2-notice', notice)],
    // The name of an entry that has expired.
    ['unknown', 100, () => addNone('2-names', ['1-expired'])],
    ['unknown', 100, () => addNone('2-names', ['1-expired']), '2-names'],
    [
      'unknown',
      100,
      () => Promise.all([addSent('0-notice', notice), addNone('2', ['0-notice', '1-expired'])]),
    ],
    ['the key', 100, () => Promise.all([addNone('2-names', ['1-expired']), addSent('3-sent')])],
    // The entry of the change before has expired, or was never written.
    ['unknown', 100, () => addSent('1-notice', notice), '2-expired'],
    ['unknown', 100, () => addSent('1-sent'), '2-expired'],
    ['unknown', 100, () => Promise.resolve(), '2-expired'],
    // The first entries may have expired.
    ['unknown', 500, () => addNone('2-none')],
    ['unknown', 500, () => Promise.resolve()],
    ['nothing or the end', 500, () => addNone('2-names', [])],
  ])('%s, if the user was created %i days ago (%#)', async (told, userAge, make, previous) => {
    userId = newId(dayBefore(userAge));
    await make();
    const earlier = await related('8-this', previous);
    expect(toldBy(earlier)).toBe(told);
    // The next email, between which and this one the user is told nothing, comes to the same result.
    await addNone('8-this', decisiveMails(earlier));
    expect(toldBy(await related('9-next', '8-this'))).toBe(told);
  });

  it('is unknown after a key that was sent, if a later notice has expired', async () => {
    await addSent('1-sent');
    await outbox.add(refOf('2-notice'), notice('2-notice'), NOW);
    await addNone('3-names', ['1-sent', '2-notice']);
    await expire('2-notice');
    expect(toldBy(await related('4-this'))).toBe('unknown');
  });

  it('needs no read for what is unknown because the first entries have expired', async () => {
    userId = newId(dayBefore(500));
    const earlier = await related('1-this');
    await addNone('1-this', decisiveMails(earlier));
    const get = jest.spyOn(table, 'get');
    expect(toldBy(await related('2-this'))).toBe('unknown');
    expect(get).not.toHaveBeenCalled();
    get.mockRestore();
  });
});

describe('hasLaterMail', () => {
  it('is true if a later entry of the license has an email, in whatever state', async () => {
    await addSent('1-notice', notice);
    for (let each = 10; each < 60; each++) await addNone(`2-${each}`);
    await claim('3-of another', newId());
    expect(await mails.hasLaterMail(refOf('1-notice'))).toBe(false);
    await mails.recordNoAddress(refOf('3-key'), key('3-key'), NOW);
    expect(await mails.hasLaterMail(refOf('1-notice'))).toBe(true);
    expect(await mails.hasLaterMail(refOf('3-key'))).toBe(false);
  });
});
