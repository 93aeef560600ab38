import { MailEventStore } from '../../../shared/store/mail/mail-event-store';
import { keyReminderPrefix, mailPartition } from '../../../shared/store/table/mail-keys';
import { text } from '../../../shared/store/table/read-item';
import { ReminderHarness } from '../../support/mail/reminder-harness';
import type { SesFault } from '../../support/mail/ses-proxy';

const HOUR = 1 / 24;

let harness: ReminderHarness;

beforeAll(async () => {
  harness = await ReminderHarness.open();
});
beforeEach(() => harness.reset());
afterAll(() => harness.ses.close());

async function createDueKey(days = 5) {
  const domain = await harness.createDomain();
  return { domain, keyId: await harness.createKey(domain, days) };
}

/** Returns the stored reminders of a key. */
async function remindersOf(domainId: string, keyId: string) {
  const prefix = keyReminderPrefix(keyId);
  const { items } = await harness.table.query({
    pk: mailPartition(domainId),
    sortKey: { beginsWith: prefix },
  });
  return items;
}

/** Records that SES delivered the only reminder of a key. */
async function recordDelivery(domainId: string, keyId: string): Promise<void> {
  const [item] = await remindersOf(domainId, keyId);
  await new MailEventStore(harness.table, 365).record({
    ref: { domainId, keyId, reminderId: text(item ?? {}, 'sk').slice(keyReminderPrefix(keyId).length) },
    kind: 'delivered',
    at: harness.now.toISOString(),
    sentAt: harness.now.toISOString(),
    messageId: 'ses-1',
    detail: 'ok',
  });
}

describe('concurrent runs', () => {
  it('send each reminder once', async () => {
    const { domain } = await createDueKey();
    await Promise.all(Array.from({ length: 5 }, () => harness.run()));
    expect(await harness.subjectsTo(domain.address)).toHaveLength(1);
    expect(harness.errors).toEqual([]);
  });
});

describe('a run that dies', () => {
  it('after the send is repeated only if no delivery event arrives', async () => {
    const [settled, unknown] = [await createDueKey(), await createDueKey()];
    const update = harness.table.update.bind(harness.table);
    const dying = jest
      .spyOn(harness.table, 'update')
      .mockImplementation((key, changes, options) =>
        changes.set?.status === 'sent' ? Promise.reject(new Error('died')) : update(key, changes, options),
      );
    await harness.run();
    dying.mockRestore();
    expect(harness.errors).toHaveLength(2);
    await recordDelivery(settled.domain.domainId, settled.keyId);
    harness.advance(HOUR);
    await harness.run();
    await harness.run();
    expect(await harness.subjectsTo(settled.domain.address)).toHaveLength(1);
    expect(await harness.subjectsTo(unknown.domain.address)).toHaveLength(2);
  });

  it('leaves its lease for half an hour', async () => {
    const { domain } = await createDueKey();
    await harness.run({ portalUrl: () => Promise.reject(new Error('died')) });
    expect(harness.errors).toHaveLength(1);
    harness.advance(HOUR / 4);
    await harness.run();
    expect(harness.outcomes).toEqual(['held']);
    harness.advance(HOUR / 2);
    await harness.run();
    expect(harness.outcomes).toEqual(['held', 'sent']);
    expect(await harness.subjectsTo(domain.address)).toHaveLength(1);
  });
});

describe('a failure of SES', () => {
  it.each<SesFault>(['Throttling', 'MessageRejected'])(
    '%s: the next run sends the reminder',
    async (fault) => {
      const { domain, keyId } = await createDueKey();
      harness.ses.faults.push(fault);
      await harness.run();
      const [reminder] = await remindersOf(domain.domainId, keyId);
      expect(reminder).toMatchObject({ status: 'due', error: expect.stringContaining(fault) as string });
      expect(JSON.stringify(reminder?.error)).not.toContain('jane.doe');
      await harness.run();
      await harness.run();
      expect(harness.outcomes).toEqual(['retried', 'sent']);
      expect(await harness.subjectsTo(domain.address)).toHaveLength(1);
    },
  );

  it('with the address: the reminder fails for good, and the others are sent', async () => {
    const { domain } = await createDueKey();
    const other = await createDueKey();
    harness.ses.faults.push('InvalidParameterValue');
    await harness.run();
    await harness.run();
    expect(harness.outcomes.sort()).toEqual(['failed', 'sent']);
    const subjects = [
      ...(await harness.subjectsTo(domain.address)),
      ...(await harness.subjectsTo(other.domain.address)),
    ];
    expect(subjects).toHaveLength(1);
  });

  it('whose outcome is unknown is not repeated if the delivery event arrives', async () => {
    const { domain, keyId } = await createDueKey();
    harness.ses.faults.push('lost response');
    await harness.run();
    expect(harness.outcomes).toEqual(['retried']);
    expect(harness.ses.requests).toHaveLength(1);
    await recordDelivery(domain.domainId, keyId);
    harness.advance(HOUR);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toHaveLength(1);
  });

  it('whose outcome is unknown is repeated in the next run if no event arrives', async () => {
    const { domain } = await createDueKey();
    harness.ses.faults.push('unavailable');
    await harness.run();
    await harness.run();
    expect(harness.outcomes).toEqual(['retried', 'held']);
    harness.advance(HOUR);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toHaveLength(1);
  });
});

describe('an unfinished run', () => {
  it('is continued by the next, so that no domain holds up the others', async () => {
    const due = [];
    for (let at = 0; at < 5; at++) due.push(await createDueKey());
    harness.ses.faults.push('Throttling', 'Throttling', 'Throttling');
    await harness.run();
    expect(harness.outcomes).toEqual(['retried', 'retried', 'retried']);
    await harness.run({ remainingMs: () => 0 });
    await harness.run();
    expect(harness.outcomes.slice(3)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    const order = harness.ses.requests
      .slice(3)
      .map((request) => request.get('Destination.ToAddresses.member.1'));
    const addresses = due.map(({ domain }) => domain.address);
    expect(order).toEqual([...addresses.slice(3), ...addresses.slice(0, 3)]);
    await harness.run();
    expect(harness.outcomes).toHaveLength(8);
  });

  it('goes on after a domain that cannot be read', async () => {
    const [broken, other] = [await createDueKey(), await createDueKey()];
    const { domainId } = broken.domain;
    await harness.table.put({ pk: `DOMAIN#${domainId}`, sk: 'DOMAIN', domainId });
    await harness.run();
    expect(harness.errors).toEqual([expect.objectContaining({ name: 'MalformedItem' })]);
    expect(await harness.subjectsTo(other.domain.address)).toHaveLength(1);
    await harness.table.delete({ pk: `DOMAIN#${domainId}`, sk: 'DOMAIN' });
  });
});

describe('the limits of the domain', () => {
  it('a reminder over the limit of an hour is sent in a later run', async () => {
    const domain = await harness.createDomain({ mailsPerHour: 1 });
    await harness.createKey(domain, 5);
    await harness.createKey(domain, 5);
    await harness.run();
    expect([...harness.outcomes].sort()).toEqual(['overBudget', 'sent']);
    harness.advance(HOUR);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toHaveLength(2);
    expect(harness.errors).toEqual([]);
  });

  it('no reminder is sent while emails are paused, and the one that is due once they are resumed', async () => {
    const domain = await harness.createDomain({ mailPaused: true });
    await harness.createKey(domain, 5);
    await harness.run();
    expect(harness.outcomes).toEqual([]);
    await harness.putDomain({ ...domain, mailPaused: false });
    await harness.run();
    expect(harness.outcomes).toEqual(['sent']);
  });
});
