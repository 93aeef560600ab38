import { randomUUID } from 'node:crypto';
import { ENV } from '../../../shared/env';
import { CredentialStore } from '../../../shared/store/credentials/credential-store';
import { domainKey, domainListKey, credentialKey } from '../../../shared/store/table/keys';
import { ReminderHarness } from '../../support/mail/reminder-harness';
import { listMailsTo } from '../../support/system/mails';

const IN_30_DAYS = 'A SCIM key for Example Product expires in 30 days';
const IN_7_DAYS = 'A SCIM key for Example Product expires in 7 days';
const WITHIN_A_DAY = 'A SCIM key for Example Product expires within a day';
const EXPIRED = 'A SCIM key for Example Product has expired';

let harness: ReminderHarness;

beforeAll(async () => {
  harness = await ReminderHarness.open();
});
beforeEach(() => harness.reset());
afterAll(() => harness.ses.close());

describe('a key that expires', () => {
  it('is reminded of 30, 7, and 1 days before, and once after, however often the function runs', async () => {
    const domain = await harness.createDomain();
    await harness.createKey(domain, 31);
    await harness.runFor(34);
    expect(await harness.subjectsTo(domain.address)).toEqual([IN_30_DAYS, IN_7_DAYS, WITHIN_A_DAY, EXPIRED]);
    harness.advance(400);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toHaveLength(4);
    expect(harness.errors).toEqual([]);
  });

  it('is reminded of only when that still lies ahead at its creation', async () => {
    const domain = await harness.createDomain();
    await harness.createKey(domain, 5, { ageDays: 0 });
    await harness.runFor(7);
    expect(await harness.subjectsTo(domain.address)).toEqual([WITHIN_A_DAY, EXPIRED]);
  });

  it('gets only the most urgent reminder after runs were missed', async () => {
    const domain = await harness.createDomain();
    await harness.createKey(domain, 31);
    harness.advance(28);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toEqual([
      'A SCIM key for Example Product expires in 3 days',
    ]);
    harness.advance(8);
    await harness.run();
    expect(await harness.subjectsTo(domain.address)).toHaveLength(2);
    expect((await harness.subjectsTo(domain.address))[1]).toBe(EXPIRED);
  });

  it('is named in the email with its domain, its expiry, and a link, and never with its hash', async () => {
    const domain = await harness.createDomain({ name: 'Example <Inc>' });
    const keyId = await harness.createKey(domain, 7, { name: 'Okta & Co' });
    await harness.run();
    const [mail] = await listMailsTo(domain.address);
    const link = `https://licenses.example.com/domains/${domain.domainId}/settings/scim`;
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
    for (const part of [
      'Okta & Co',
      keyId.slice(0, 13),
      'Example <Inc>',
      link,
      day.format(harness.now).slice(-4),
    ])
      expect(mail?.body.text).toContain(part);
    expect(mail?.body.html).toContain('Okta &amp; Co');
    expect(mail?.body.html).toContain('Example &lt;Inc&gt;');
    expect(mail?.body.html).toContain(link.replaceAll('/', '&#x2F;'));
    expect(mail?.body.text).not.toContain('hash');
    expect(mail?.body.text).not.toContain(keyId);
  });

  it('has no link if there is no portal', async () => {
    const domain = await harness.createDomain();
    await harness.createKey(domain, 7);
    await harness.run({ portalUrl: () => Promise.resolve(undefined) });
    const [mail] = await listMailsTo(domain.address);
    expect(mail?.body.text).toContain('1. Create a new one for your domain.');
    expect(mail?.body.text).not.toContain('http');
  });

  it('does not hide another one: each key has its own reminders', async () => {
    const domain = await harness.createDomain();
    await Promise.all([
      harness.createKey(domain, 7),
      harness.createKey(domain, 6),
      harness.createKey(domain, 0.5),
    ]);
    await harness.run();
    expect((await harness.subjectsTo(domain.address)).sort()).toEqual([
      'A SCIM key for Example Product expires in 6 days',
      IN_7_DAYS,
      WITHIN_A_DAY,
    ]);
  });
});

describe('no reminder is sent', () => {
  it('of a key that is revoked, never expires, or expired more than a month ago', async () => {
    const domain = await harness.createDomain();
    await harness.createKey(domain, 5, { revokedAt: harness.now.toISOString() });
    await harness.createKey(domain, -31);
    const keyId = randomUUID();
    const item = { keyId, name: 'x', hash: 'h', createdAt: '2020-01-01T00:00:00.000Z' };
    await harness.table.put({ ...credentialKey(domain.domainId, keyId), ...item });
    await harness.run();
    expect(harness.outcomes).toEqual([]);
  });

  it('in a domain that was deleted, or in which SCIM is disabled or not available', async () => {
    const [deleted, listed, disabled, unavailable] = [
      await harness.createDomain(),
      await harness.createDomain(),
      await harness.createDomain({ scimEnabled: false }),
      await harness.createDomain({ scimAvailable: false }),
    ];
    for (const domain of [deleted, listed, disabled, unavailable]) await harness.createKey(domain, 5);
    for (const domain of [deleted, listed]) await harness.table.delete(domainKey(domain.domainId));
    await harness.table.delete(domainListKey(deleted.domainId));
    await harness.run();
    expect(harness.outcomes).toEqual([]);

    await harness.putDomain({ ...disabled, scimEnabled: true });
    await harness.run();
    expect(await harness.subjectsTo(disabled.address)).toHaveLength(1);
  });

  it('if there is no address; one that is added later gets the reminder that is due then', async () => {
    const domain = await harness.createDomain({ notifyAddresses: [] });
    await harness.createKey(domain, 5);
    await harness.run();
    expect(harness.outcomes).toEqual([]);
    await harness.putDomain({ ...domain, notifyAddresses: [domain.address] });
    await harness.run();
    await harness.run();
    expect(harness.outcomes).toEqual(['sent']);
  });

  it('to a suppressed address, also after the address is cleared', async () => {
    const domain = await harness.createDomain();
    const { domainId, address } = domain;
    await harness.createKey(domain, 5);
    const suppressed = { pk: `${domainId}#SUPPRESSED`, sk: address };
    await harness.table.put({ ...suppressed, address, reason: 'bounced', at: harness.now.toISOString() });
    await harness.run();
    await harness.table.delete(suppressed);
    await harness.run();
    expect(harness.outcomes).toEqual(['suppressed']);
    harness.advance(4.5);
    await harness.run();
    expect(await harness.subjectsTo(address)).toEqual([WITHIN_A_DAY]);
  });
});

describe('the recipients', () => {
  it('are the addresses of the domain and the alarm address, each once', async () => {
    const alarms = `ops-${randomUUID()}@example.com`;
    process.env[ENV.alarmEmail] = alarms;
    const [one, other] = [randomUUID(), randomUUID()].map((id) => `it-${id}@example.com`) as [string, string];
    const domain = await harness.createDomain({
      notifyAddresses: [one, other, alarms.replace('ops', 'OPS')],
    });
    const without = await harness.createDomain({ notifyAddresses: [] });
    for (const each of [domain, without]) await harness.createKey(each, 7);
    await harness.run();
    await harness.run();
    expect(harness.outcomes).toHaveLength(4);
    for (const address of [one, other, alarms.replace('ops', 'OPS'), alarms])
      expect(await harness.subjectsTo(address)).toEqual([IN_7_DAYS]);
  });
});

describe('the cost of a run', () => {
  it('is one query for each domain and each key that is due, and no write', async () => {
    const own = await ReminderHarness.open();
    const domains = await Promise.all([1, 2, 3].map(() => own.createDomain()));
    for (const domain of domains) for (const days of [5, 100, 200]) await own.createKey(domain, days);
    await own.run();
    const send = jest.spyOn(own.table.client, 'send');
    await own.run();
    const commands = send.mock.calls.map(([command]) => (command as object).constructor.name);
    send.mockRestore();
    expect(commands.sort()).toEqual(['GetItemCommand', ...Array<string>(7).fill('QueryCommand')]);
    await own.ses.close();
  });

  it('reads a domain with all its keys in one query', async () => {
    const domain = await harness.createDomain();
    await Promise.all([1, 2, 3].map((days) => harness.createKey(domain, days)));
    const { domain: read, keys } = await new CredentialStore(harness.table).listWithDomain(domain.domainId);
    expect(read?.name).toBe(domain.name);
    expect(keys).toHaveLength(3);
  });
});
