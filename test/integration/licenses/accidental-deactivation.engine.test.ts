import { checkLicense } from '../../../shared/service/licenses/license-check';
import { LicenseKeyStore } from '../../../shared/store/licenses/license-key-store';
import { replaceBody, uniqueName } from '../../support/requests/bodies';
import { createUserOperation, idFromLocation, sendBulk } from '../../support/requests/bulk';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { listMailsByAddress, type Mail } from '../../support/system/mails';
import { createDomainClient, type DomainClient } from '../../support/system/system';

/**
 * SCIM_TEST_USERS=1000 tries a number at which every queue and page is used several times. It takes three
 * minutes.
 */
const USERS = Number(process.env.SCIM_TEST_USERS ?? 150);
/** The largest number of operations in a bulk request. */
const BULK = Math.min(500, USERS);

const keyIn = ({ body }: Mail): string => /\w{5}(-\w{5}){4}/.exec(body.text ?? '')?.[0] ?? '';

/** Returns the last key that each address has received. */
async function lastKeys(isAddress: (address: string) => boolean): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const [to, mails] of await listMailsByAddress())
    for (const mail of mails) if (isAddress(to) && keyIn(mail)) keys.set(to, keyIn(mail));
  return keys;
}

async function setAllActive(domain: DomainClient, ids: readonly string[], active: boolean): Promise<void> {
  for (let at = 0; at < ids.length; at += BULK) {
    const operations = ids.slice(at, at + BULK).map((id) => ({
      method: 'PATCH',
      path: `/Users/${id}`,
      data: replaceBody('active', active),
    }));
    for (const { status } of await sendBulk(domain, operations)) expect(status).toBe('200');
  }
}

test(`if a wrong scope deactivates ${USERS} users and they are reactivated, all their keys are active again`, async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const ids: string[] = [];
  for (let at = 0; at < USERS; at += BULK) {
    const operations = Array.from({ length: Math.min(BULK, USERS - at) }, (_, n) =>
      createUserOperation(String(n), uniqueName(`scope-${domainId}`), { active: true }),
    );
    ids.push(...(await sendBulk(domain, operations)).map(idFromLocation));
  }
  const isAddress = (address: string) => address.includes(domainId);
  let keys = new Map<string, string>();
  await eventually('the keys', async () => (keys = await lastKeys(isAddress)).size === USERS, 1_000);

  const keyStore = new LicenseKeyStore(await systemTable());
  const statuses = async () => {
    const counts: Record<string, number> = {};
    for (const key of keys.values()) {
      const { status } = await checkLicense(key, keyStore);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };
  await setAllActive(domain, ids, false);
  expect(await statuses()).toEqual({ inactive: USERS });
  await setAllActive(domain, ids, true);
  expect(await statuses()).toEqual({ active: USERS });
  const { counts } = await expectWithinSeats(domainId);
  expect(counts).toMatchObject({ users: USERS, activeLicenses: USERS });
  await expectConsistent(domainId);
});
