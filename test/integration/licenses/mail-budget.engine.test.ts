import { openLicenseAdmin } from '../../../shared/service/licenses/license-admin';
import { LicenseHistory } from '../../../shared/store/licenses/license-history';
import { systemTable } from '../../support/consistency/domain-data';
import { expectConsistent } from '../../support/consistency/consistency';
import { eventually } from '../../support/jest/timeouts';
import { KEY, NOTICE } from '../../support/mail/delivery-fixture';
import { passMailInterval } from '../../support/mail/pass-mail-interval';
import { type BulkOperationBody, sendBulk } from '../../support/requests/bulk';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import {
  createDomainClient,
  deployment,
  type DomainClient,
  domainAdmin,
  fireRule,
  OPERATOR,
  session,
} from '../../support/system/system';
import type { Table } from '../../../shared/store/table/table';

const TOGGLES = 250;
const RENAMES = 50;
const RESENDS = 100;

let table: Table;
let domain: DomainClient;

beforeAll(async () => {
  table = await systemTable();
  domain = await createDomainClient({ mailMinutesPerAddress: null });
});
afterAll(() => expectConsistent(domain.domainId));

/** Performs operations in order. */
async function bulk(operations: readonly BulkOperationBody[]): Promise<void> {
  const statuses = new Set((await sendBulk(domain, operations)).map(({ status }) => status));
  expect([...statuses].filter((status) => status !== '200' && status !== '204')).toEqual([]);
}

const historyOf = async (userId: string) =>
  (await new LicenseHistory(table).page(domain.domainId, userId, 1_000)).entries;

const subjectsTo = async (address: string) => (await listMailsTo(address)).map(({ subject }) => subject);

it('250 toggles, 50 renames, and 100 resends send one email in ten minutes, and then the last state', async () => {
  const { id, path, userName } = await provisionUser(domain);
  await waitForMail(userName);

  const toggles = Array.from({ length: TOGGLES + 1 }, (_, at) => ({
    ...{ method: 'PATCH', path },
    data: replaceBody('active', at % 2 === 1),
  }));
  await bulk(toggles);
  await bulk(
    Array.from({ length: RENAMES }, (_, at) => ({
      ...{ method: 'PATCH', path },
      data: replaceBody('userName', `renamed-${at}-${userName}`),
    })),
  );
  await eventually(
    'the emails of all changes',
    async () => (await historyOf(id)).filter(({ changeId }) => changeId).length === TOGGLES + 2,
  );
  await eventually('the last email to wait', async () => (await historyOf(id))[0]?.status === 'due');

  const admin = openLicenseAdmin(await deployment());
  const resends = await Promise.allSettled(
    Array.from({ length: RESENDS }, () => admin.resendMail(domain.domainId, id, OPERATOR)),
  );
  for (const resend of resends)
    expect(resend).toMatchObject({
      reason: { problem: 'tooSoon', retryAfterSeconds: expect.any(Number) as number },
    });

  await fireRule('MailOutbox');
  expect(await subjectsTo(userName)).toEqual([KEY]);
  await passMailInterval(table, { domainId: domain.domainId, userId: id, minutes: 10 });
  await eventually('the last email', async () => {
    await fireRule('MailOutbox');
    return (await subjectsTo(userName)).length > 1;
  });
  expect(await subjectsTo(userName)).toEqual([KEY, NOTICE]);
  await passMailInterval(table, { domainId: domain.domainId, userId: id, minutes: 60 });
  expect(await subjectsTo(userName)).toEqual([KEY, NOTICE]);
});

it('the admin API refuses a resend to the same address, says when to try again, and accepts it then', async () => {
  const { id, userName } = await provisionUser(domain);
  await eventually('the key to be sent', async () =>
    ['sent', 'delivered'].includes((await historyOf(id))[0]?.status ?? ''),
  );
  const { adminUrl, adminToken } = session();
  const resend = () =>
    fetch(`${adminUrl}/domains/${domain.domainId}/users/${id}/resend-mail`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
    });
  const refused = await resend();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  expect(await subjectsTo(userName)).toEqual([KEY]);
  await passMailInterval(table, { domainId: domain.domainId, userId: id, minutes: 10 });
  expect((await resend()).status).toBe(202);
  await waitForMail(userName, 2);
  expect(await subjectsTo(userName)).toEqual([KEY, KEY]);
});

it('a pause applies to the next email, and the last state is sent once the emails are resumed', async () => {
  const admin = await domainAdmin();
  const first = await provisionUser(domain);
  await waitForMail(first.userName);
  await admin.updateDomain(domain.domainId, { mailPaused: true }, OPERATOR);
  const [active, ended] = [await provisionUser(domain), await provisionUser(domain)];
  for (const { id } of [active, ended])
    await eventually('the email to wait', async () => (await historyOf(id))[0]?.status === 'due');
  await domain.request('PATCH', ended.path, replaceBody('active', false));
  await fireRule('MailOutbox');
  for (const { userName } of [active, ended]) expect(await subjectsTo(userName)).toEqual([]);

  await admin.updateDomain(domain.domainId, { mailPaused: false }, OPERATOR);
  await eventually('the email to be sent', async () => {
    await fireRule('MailOutbox');
    return (await subjectsTo(active.userName)).length > 0;
  });
  expect(await subjectsTo(active.userName)).toEqual([KEY]);
  expect(await subjectsTo(ended.userName)).toEqual([]);
});
