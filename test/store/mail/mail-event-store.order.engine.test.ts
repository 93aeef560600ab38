import { randomUUID } from 'node:crypto';
import type { MailEvent } from '../../../shared/store/mail/mail-event';
import { MailEventStore } from '../../../shared/store/mail/mail-event-store';
import type { MailRef } from '../../../shared/store/mail/mail-item';
import { MailLeases } from '../../../shared/store/mail/mail-lease';
import { domainKey, licenseRecordKey, type ItemKey } from '../../../shared/store/table/keys';
import { mailKey, suppressedKey } from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

const ADDRESS = 'Jane@example.com';
const RETENTION_DAYS = 30;

let table: Table;
let store: MailEventStore;
let ref: MailRef;

beforeAll(async () => {
  table = await createTable();
  store = new MailEventStore(table, RETENTION_DAYS);
});

const put = (key: ItemKey, item: object) => table.put({ ...key, ...item });

const read = (key: ItemKey) => table.get(key);

/** An email that was sent to the holder of a license. */
async function sentMail(domainId: string = randomUUID(), address = ADDRESS): Promise<MailRef> {
  const mail = { domainId, userId: randomUUID(), mailId: randomUUID() };
  await put(domainKey(domainId), { domainId });
  await put(licenseRecordKey(domainId, mail.userId), { email: address, status: 'active' });
  await put(mailKey(domainId, mail.userId, mail.mailId), {
    kind: 'license-key',
    status: 'sent',
    to: address,
    sentAt: '2026-01-01T00:00:00.000Z',
    messageId: 'ses-1',
  });
  return mail;
}

beforeEach(async () => {
  ref = await sentMail();
});

const event = (kind: MailEvent['kind'], mail: MailRef = ref): MailEvent => ({
  ref: mail,
  kind,
  at: '2026-01-01T00:00:05.000Z',
  sentAt: '2026-01-01T00:00:00.000Z',
  messageId: 'ses-1',
  detail: 'smtp; 550',
});

const mailOf = ({ domainId, userId, mailId }: MailRef) => read(mailKey(domainId, userId, mailId));
const addressIn = (domainId: string) => read(suppressedKey(domainId, ADDRESS.toLowerCase()));

describe.each(['delivered', 'softBounced', 'bounced', 'complained', 'rejected'] as const)(
  'an email that %s',
  (kind) => {
    it('expires, although an earlier version has sent it from the outbox', async () => {
      await store.record(event(kind));
      expect(await mailOf(ref)).toMatchObject({
        ttl: Date.UTC(2026, 0, 1 + RETENTION_DAYS, 0, 0, 5) / 1_000,
      });
    });

    it('keeps its expiry', async () => {
      await table.update(mailKey(ref.domainId, ref.userId, ref.mailId), { set: { ttl: 1_800_000_000 } });
      await store.record(event(kind));
      expect(await mailOf(ref)).toMatchObject({
        [`${kind}At`]: expect.any(String) as string,
        ttl: 1_800_000_000,
      });
    });
  },
);

describe('an event that only concerns the email', () => {
  let proxy: EngineProxy;
  beforeAll(async () => {
    proxy = await startEngineProxy(table.name);
  });
  afterAll(() => proxy.close());

  it.each(['delivered', 'softBounced', 'rejected'] as const)('%s is one write of its entry', async (kind) => {
    proxy.takeOperations();
    expect(await new MailEventStore(proxy.table, RETENTION_DAYS).record(event(kind))).toBe('noted');
    expect(proxy.takeOperations()).toEqual(['UpdateItem']);
  });

  it('is recorded if the email was not marked as sent, and marks it', async () => {
    for (const status of ['claimed', 'due', 'superseded', 'failed']) {
      const mail = await sentMail();
      await table.update(mailKey(mail.domainId, mail.userId, mail.mailId), {
        set: { status },
        remove: ['sentAt', 'messageId'],
      });
      expect(await store.record(event('delivered', mail))).toBe('noted');
      expect(await mailOf(mail)).toMatchObject({
        status: 'delivered',
        sentAt: '2026-01-01T00:00:00.000Z',
        messageId: 'ses-1',
      });
      expect(await store.record(event('delivered', mail))).toBe('repeated');
    }
  });

  it('is recorded once if the response is lost', async () => {
    proxy.injectFaults('UpdateItem', { kind: 'lostAnswer' });
    expect(await new MailEventStore(proxy.table, RETENTION_DAYS).record(event('delivered'))).toBe('noted');
    expect(await store.record(event('delivered'))).toBe('repeated');
  });

  it('is recorded if a transaction on the email refuses the write at first', async () => {
    proxy.injectFaults('UpdateItem', { kind: 'plainConflict' });
    expect(await new MailEventStore(proxy.table, RETENTION_DAYS).record(event('delivered'))).toBe('noted');
  });

  it('creates nothing after the sweep of its domain', async () => {
    const { domainId, userId, mailId } = ref;
    await table.delete(mailKey(domainId, userId, mailId));
    for (const kind of ['delivered', 'softBounced', 'rejected', 'bounced', 'complained'] as const)
      expect(await store.record(event(kind))).toBe('unknown');
    expect(await mailOf(ref)).toBeUndefined();
    expect(await addressIn(domainId)).toBeUndefined();
  });
});

describe('the events and the mark of one email', () => {
  const KINDS = ['delivered', 'softBounced', 'bounced', 'complained', 'rejected'] as const;
  const mark = ({ domainId, userId, mailId }: MailRef) =>
    new MailLeases(table, 1).mark(
      mailKey(domainId, userId, mailId),
      { status: 'sent', messageId: 'ses-1' },
      new Date('2026-01-01T00:00:01.000Z'),
    );
  const claimedMail = async () => {
    const mail = await sentMail();
    await table.update(mailKey(mail.domainId, mail.userId, mail.mailId), {
      set: { status: 'claimed' },
      remove: ['sentAt', 'messageId'],
    });
    return mail;
  };
  const permutations = <T>(values: readonly T[]): T[][] =>
    values.length === 0
      ? [[]]
      : values.flatMap((first, at) =>
          permutations(values.filter((_, index) => index !== at)).map((rest) => [first, ...rest]),
        );

  it('end in the same state in any order, each event twice', async () => {
    for (const order of permutations(['mark', 'delivered', 'softBounced', 'bounced'] as const)) {
      const mail = await claimedMail();
      for (const step of order) {
        if (step === 'mark') await mark(mail);
        else {
          expect(await store.record(event(step, mail))).toBe('noted');
          expect(await store.record(event(step, mail))).toBe('repeated');
        }
      }
      expect(await mailOf(mail)).toMatchObject({
        status: 'bounced',
        messageId: 'ses-1',
        deliveredAt: '2026-01-01T00:00:05.000Z',
        softBouncedAt: '2026-01-01T00:00:05.000Z',
        bouncedAt: '2026-01-01T00:00:05.000Z',
      });
      expect(await addressIn(mail.domainId)).toMatchObject({ reason: 'bounced' });
    }
  });

  it('end in the same state if all come at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const mail = await claimedMail();
      const events = KINDS.flatMap((kind) => [kind, kind]).map((kind) => store.record(event(kind, mail)));
      const [outcomes] = await Promise.all([Promise.all(events), mark(mail)]);
      expect(outcomes.filter((outcome) => outcome === 'noted')).toHaveLength(KINDS.length);
      const item = await mailOf(mail);
      expect(item).toMatchObject({ status: 'complained', messageId: 'ses-1' });
      for (const kind of KINDS) expect(item).toHaveProperty(`${kind}At`);
    }
  });
});
