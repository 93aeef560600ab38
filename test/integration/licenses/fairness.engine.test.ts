import { licensePartition } from '../../../shared/store/table/keys';
import { outboxPartition } from '../../../shared/store/table/mail-keys';
import { DIRECT_SENDS } from '../../../shared/mail/delivery/direct-sends';
import { laneOf } from '../../../local/services/event-source-mappings/lanes';
import { activeLicense, putLicense } from '../../support/mail/license-images';
import { readMailItem, type MailItem } from '../../../shared/store/mail/mail-item';
import { mailPartition } from '../../../shared/store/table/mail-keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo } from '../../support/system/mails';
import { createDomainClient, type DomainClient } from '../../support/system/system';

const USERS = 60;
const LANES = 10;

const lane = ({ domainId }: DomainClient) => laneOf(JSON.stringify({ S: licensePartition(domainId) }), LANES);

async function mailsOf({ domainId }: DomainClient): Promise<MailItem[]> {
  const { items } = await (await systemTable()).query({ pk: mailPartition(domainId) });
  return items.map((item) => readMailItem(domainId, item));
}

async function domainInLaneOf(other: DomainClient): Promise<DomainClient> {
  for (;;) {
    const domain = await createDomainClient();
    if (lane(domain) === lane(other)) return domain;
  }
}

it('an import sends each email once, and does not hold up a domain in its lane of the stream', async () => {
  const importer = await createDomainClient();
  const neighbor = await domainInLaneOf(importer);
  const table = await systemTable();
  const licenses = Array.from({ length: USERS }, (_, at) =>
    activeLicense({ domainId: importer.domainId, email: `user-${at}.${importer.domainId}@example.com` }),
  );
  await Promise.all(licenses.map((license) => putLicense(table, license)));
  // The user is created when the licenses of the import are already in the stream.
  const { id } = await provisionUser(neighbor);

  await eventually(
    'all emails',
    async () => (await mailsOf(importer)).filter(({ sentAt }) => sentAt).length === USERS,
  );
  const sentAt = (mails: MailItem[]) => mails.map((mail) => mail.sentAt ?? '').sort();
  const ofImport = sentAt(await mailsOf(importer));
  const [ofNeighbor = ''] = sentAt((await mailsOf(neighbor)).filter(({ userId }) => userId === id));
  expect(ofNeighbor).not.toBe('');
  expect(ofImport.filter((time) => time > ofNeighbor).length).toBeGreaterThan(0);
  // The first few were sent at once. The outbox had the others, and has none anymore.
  expect((await mailsOf(importer)).filter(({ dueAt }) => dueAt !== undefined).length).toBeGreaterThan(
    DIRECT_SENDS,
  );
  await eventually('an empty outbox', async () => {
    const { items } = await table.query({ pk: outboxPartition(importer.domainId) });
    return items.length === 0;
  });
  for (const { email } of licenses) expect(await listMailsTo(email)).toHaveLength(1);
});
