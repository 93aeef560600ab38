import { deleteRoles } from '../../../shared/store/sweep/administrator-sweep';
import { administratorsPartition } from '../../../shared/store/table/administrator-keys';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, OPERATOR } from '../../support/service/administrators-harness';
import { queryItems } from '../../support/store/records';

const EMAIL = 'owner@example.com';

it('deletes the account of an owner of a deleted domain, even if the checks run in the middle of the sweep', async () => {
  const table = await createTable();
  const harness = new AdministratorsHarness(table);
  const domainId = await harness.createDomain();
  await harness.invitations().invite(domainId, { email: EMAIL, role: 'owner' }, OPERATOR);
  await harness.signIn({ id: harness.accounts.accounts.get(EMAIL) ?? '', email: EMAIL });
  const items = await queryItems(table, administratorsPartition(domainId));
  const put = table.put.bind(table);
  jest.spyOn(table, 'put').mockImplementation(async (...input) => {
    const outcome = await put(...input);
    await harness.checks.run();
    return outcome;
  });
  await deleteRoles(table, domainId, items, new Date(harness.clock));
  expect(harness.accounts.accounts.has(EMAIL)).toBe(false);
  expect(harness.errors).toEqual([]);
});
