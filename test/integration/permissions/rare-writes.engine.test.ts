import { randomUUID } from 'node:crypto';
import { OutboxStore } from '../../../shared/store/mail/outbox-store';
import { type MailItem, mailKeyOf, readMailItem } from '../../../shared/store/mail/mail-item';
import { suppressionWrite } from '../../../shared/store/mail/suppression-store';
import {
  mailPartition,
  outboxMinuteKey,
  outboxPartition,
  PAST_MINUTE,
  sharedOutboxKey,
} from '../../../shared/store/table/mail-keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { patchBody, uniqueName, userBody } from '../../support/requests/bodies';
import { idFromLocation, sendBulk } from '../../support/requests/bulk';
import { provisionUser } from '../../support/requests/provision-user';
import { RETENTION_DAYS } from '../../support/store/records';
import { adminClient } from '../../support/system/admin-client';
import { injectSesFault } from '../../support/system/ses-faults';
import {
  type ClientResponse,
  clientWithKey,
  createDomainClient,
  type DomainClient,
  domainAdmin,
  fireRule,
  OPERATOR,
  scimKeyAdmin,
} from '../../support/system/system';

// Writes that no other test sends through their functions, so that a missing permission shows.

const NAME = 'Rare writes';

async function domainWith(settings: object): Promise<DomainClient> {
  const input = { name: NAME, ratePlan: 'unmetered' as const, ...settings };
  const { domainId } = await (await domainAdmin()).createDomain(input, OPERATOR);
  const { token } = await (await scimKeyAdmin()).createScimKey(domainId, { name: 'test' }, OPERATOR);
  return clientWithKey(domainId, token);
}

const newUser = (userName: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId: userName,
  data: userBody(userName, more),
});

const idIn = ({ body }: ClientResponse): string => (body as { id: string }).id;

const ids = async (domain: DomainClient, ...operations: Parameters<typeof sendBulk>[1][number][]) =>
  (await sendBulk(domain, operations)).map((response) => {
    expect(response).toMatchObject({ status: '201' });
    return idFromLocation(response);
  });

describe('a bulk request', () => {
  it('deletes a user who waits for a seat', async () => {
    const domain = await domainWith({ seats: 1, seatPolicy: 'wait' });
    const [, waiting = ''] = await ids(domain, newUser(uniqueName()), newUser(uniqueName()));
    expect(await sendBulk(domain, [{ method: 'DELETE', path: `/Users/${waiting}` }])).toMatchObject([
      { status: '204' },
    ]);
  });

  it('reports an address that no email can reach', async () => {
    const domain = await createDomainClient();
    const [id] = await ids(domain, newUser(uniqueName(), { emails: [{ value: 'müller@example.com' }] }));
    const readiness = await domain.request('GET', '/readiness');
    expect(JSON.stringify(readiness.body)).toContain(id);
  });

  it('replaces the members of a group', async () => {
    const domain = await createDomainClient();
    const inactive = { active: false };
    const [one = '', other = ''] = await ids(
      domain,
      newUser(uniqueName(), inactive),
      newUser(uniqueName(), inactive),
    );
    const group = (value: string) => ({ displayName: 'Staff', members: [{ value }] });
    const id = idIn(await domain.request('POST', '/Groups', group(one)));
    const put = { method: 'PUT', path: `/Groups/${id}`, data: group(other) };
    expect(await sendBulk(domain, [put])).toMatchObject([{ status: '200' }]);
    expect((await domain.request('GET', `/Groups/${id}`)).body).toMatchObject({
      members: [{ value: other }],
    });
  });
});

it('a search finds users and groups by externalId', async () => {
  const domain = await createDomainClient();
  await domain.request('POST', '/Users', userBody(uniqueName(), { active: false, externalId: 'emp-1' }));
  const filter = 'externalId eq "emp-1"';
  await eventually('the index to contain the user', async () => {
    const found = await domain.request('POST', '/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter,
    });
    return (found.body as { totalResults: number }).totalResults === 1;
  });
});

it('an administrator deactivates a user who waits for a seat', async () => {
  const domain = await domainWith({ seats: 0, seatPolicy: 'wait' });
  const id = idIn(await domain.request('POST', '/Users', userBody()));
  const path = `/domains/${domain.domainId}/users/${id}/deactivate`;
  expect(await adminClient()('POST', path)).toMatchObject({ status: 200 });
});

it('the sweep of a deleted domain removes its emails from the outbox', async () => {
  const domain = await domainWith({ mailDelayMinutes: 60 });
  await provisionUser(domain);
  const table = await systemTable();
  const entries = async () => {
    const { items } = await table.query({ pk: outboxPartition(domain.domainId) });
    return items.length;
  };
  await eventually('an email in the outbox', async () => (await entries()) === 1);
  await (await domainAdmin()).deleteDomain(domain.domainId, NAME, OPERATOR);
  await eventually('an empty outbox', async () => (await entries()) === 0);
});

describe('the outbox', () => {
  it('removes minutes without emails, and entries of the previous version whose email is settled', async () => {
    const table = await systemTable();
    const [domainId, userId, mailId] = [randomUUID(), randomUUID(), randomUUID()];
    const dueAt = '2026-03-01T12:00:00.000Z';
    const minute = outboxMinuteKey('2026-03-01T12:00', domainId);
    const merged = outboxMinuteKey(PAST_MINUTE, domainId);
    const entry = sharedOutboxKey(dueAt, domainId, userId, mailId);
    await table.put({ ...minute, domainId });
    await table.put({ ...merged, domainId, mergeId: randomUUID() });
    await table.put({ ...entry, domainId, userId, mailId, dueAt });
    await eventually('the removal', async () => {
      await fireRule('MailOutbox');
      return (await table.getAll([minute, merged, entry])).length === 0;
    });
  });

  let domain: DomainClient;
  beforeAll(async () => (domain = await createDomainClient()));

  async function mailOf(userId: string): Promise<MailItem | undefined> {
    const { items } = await (
      await systemTable()
    ).query({
      pk: mailPartition(domain.domainId),
      sortKey: { beginsWith: `${userId}#` },
    });
    return items[0] && readMailItem(domain.domainId, items[0]);
  }

  /** Lets the first attempt of an email fail, and makes the email due again. Returns it. */
  async function requeuedMail(address: string): Promise<MailItem> {
    await injectSesFault('InvalidParameterValue', address);
    const { id: userId } = await provisionUser(domain, userBody(address));
    let mail: MailItem | undefined;
    await eventually('the failure of the first attempt', async () => {
      mail = await mailOf(userId);
      return mail?.status === 'failed';
    });
    if (!mail) throw new Error('There is no email.');
    return mail;
  }

  const requeue = async (mail: MailItem) => {
    const outbox = new OutboxStore(await systemTable(), RETENTION_DAYS);
    expect(await outbox.requeue(mail, new Date())).toBe(true);
    await fireRule('MailOutbox');
  };

  const becomes = (mail: MailItem, status: string) =>
    eventually(`the status ${status}`, async () => {
      await fireRule('MailOutbox');
      expect(await mailOf(mail.userId)).toMatchObject({ status });
      return true;
    });

  it.each([
    ['an email that SES rejects', 'MessageRejected', 'failed'],
    ['an email to an invalid address', 'InvalidParameterValue', 'failed'],
    ['an email that SES throttles', 'Throttling', 'due'],
  ])('records %s', async (_, fault, status) => {
    const address = uniqueName('again');
    const mail = await requeuedMail(address);
    // More faults than attempts: an attempt whose outcome is lost is made again.
    await injectSesFault(fault, address, 10);
    await requeue(mail);
    if (status === 'failed') await becomes(mail, status);
    else
      await eventually('another try', async () => {
        await fireRule('MailOutbox');
        return (await mailOf(mail.userId))?.error !== undefined;
      });
  });

  it('sends a notice although the license has changed without an email since', async () => {
    const mail = await requeuedMail(uniqueName('again'));
    const end = patchBody({ op: 'replace', path: 'active', value: false });
    expect(await domain.request('PATCH', `/Users/${mail.userId}`, end)).toMatchObject({ status: 200 });
    await (await systemTable()).update(mailKeyOf(mail), { set: { kind: 'license-deactivated' } });
    await requeue(mail);
    await becomes(mail, 'delivered');
  });

  it('skips an address that was suppressed in the meantime', async () => {
    const address = uniqueName('again');
    const mail = await requeuedMail(address);
    const problem = { kind: 'bounced', at: new Date().toISOString(), address } as const;
    await (await systemTable()).transact([suppressionWrite({ ...mail, userId: 'other' }, problem)]);
    await requeue(mail);
    await becomes(mail, 'suppressed');
  });
});
