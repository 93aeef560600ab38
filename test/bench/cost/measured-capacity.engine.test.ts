import { measureOktaOperations } from '../../../bench/cost/measure';
import { MEASURED_CAPACITY } from '../../../bench/cost/measured-capacity';
import { systemTable } from '../../support/consistency/domain-data';
import { seedUserItems } from '../../support/seed/seed-items';
import { createDomainClient, session, takeCanceled, takeCapacity } from '../../support/system/system';

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
