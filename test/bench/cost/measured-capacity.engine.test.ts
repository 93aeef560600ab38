import { measureOktaOperations } from '../../../bench/cost/measure';
import { MEASURED_CAPACITY, type Units } from '../../../bench/cost/measured-capacity';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { seedUserItems } from '../../support/seed/seed-items';
import {
  createDomainClient,
  type DomainClient,
  session,
  takeCanceled,
  takeCapacity,
  waitForMail,
} from '../../support/system/system';

/** The embedded engine counts transactions and queries as AWS documents them. The other one counts less. */
const onEmbeddedEngine = session().engine === 'dynoxide' ? test : test.skip;

onEmbeddedEngine('the operations of Okta consume what the estimate of the cost says', async () => {
  const { domainId, request } = await createDomainClient();
  const table = await systemTable();
  const domain = {
    request,
    takeCapacity: () => takeCapacity(domainId),
    takeCanceled: () => takeCanceled(domainId),
  };
  const costs = await measureOktaOperations(domain, () =>
    seedUserItems(table, domainId, 100, (at) => ({
      userName: `user-${at}@example.com`,
      externalId: `emp-${at}`,
      name: { givenName: 'John', familyName: 'Doe' },
      emails: [{ value: `user-${at}@example.com`, type: 'work', primary: true }],
    })),
  );
  expect(costs.map(({ operation, read, write }) => [operation, { read, write }])).toEqual(
    costs.map(({ operation }) => [operation, MEASURED_CAPACITY[operation as keyof typeof MEASURED_CAPACITY]]),
  );
});

/** Returns what the functions that send emails consume for a domain from now on. */
function watchEmails({ domainId }: DomainClient): () => Promise<Units> {
  let units = { read: 0, write: 0 };
  return async () => {
    for (const { function: name, read, write } of await takeCapacity(domainId))
      if (name.startsWith('ScimLicenses')) units = { read: units.read + read, write: units.write + write };
    return units;
  };
}

const isEqual = (a: Units, b: Units): boolean => a.read === b.read && a.write === b.write;

/** Whether the units reach the expected ones exactly before they exceed them. */
async function reaches(units: () => Promise<Units>, expected: Units): Promise<boolean> {
  let current = await units();
  await eventually('the units of an email', async () => {
    current = await units();
    return current.read >= expected.read && current.write >= expected.write;
  });
  return isEqual(current, expected);
}

onEmbeddedEngine('a license key and a notice consume what the estimate of the cost says', async () => {
  const client = await createDomainClient();
  let attempt = 0;
  // An email that the busy system leaves to the outbox costs more. So the next user is measured too.
  await eventually('an email key and notice of the measured cost', async () => {
    attempt += 1;
    const address = `cost-${attempt}-${client.domainId}@example.com`;
    const keyUnits = watchEmails(client);
    const created = await client.request('POST', '/Users', {
      userName: address,
      emails: [{ value: address }],
    });
    await waitForMail(address, 1);
    const isKeyMeasured = await reaches(keyUnits, MEASURED_CAPACITY['email a license key']);
    const noticeUnits = watchEmails(client);
    const Operations = [{ op: 'replace', value: { active: false } }];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    await client.request('PATCH', `/Users/${(created.body as { id: string }).id}`, { schemas, Operations });
    await waitForMail(address, 2);
    return (await reaches(noticeUnits, MEASURED_CAPACITY['email a notice'])) && isKeyMeasured;
  });
});
