import { readAdministrator, readInvitation, readProfile } from '../administrators/administrator';
import { addressKeyOf } from '../mail/address-key';
import {
  accountCheckKey,
  ADMINISTRATOR_PREFIX,
  invitedKey,
  profileKey,
  roleKey,
} from '../table/administrator-keys';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';

/**
 * Deletes what points to administrators and invitations of a deleted domain: the roles, and the lookup by address. An
 * account of the user pool that the service created is checked later, because only the admin API can delete it.
 */
export async function deleteRoles(
  table: Table,
  domainId: string,
  items: readonly Item[],
  now: Date,
): Promise<void> {
  const isAdministrator = (item: Item) => text(item, 'sk').startsWith(ADMINISTRATOR_PREFIX);
  const administrators = items.filter(isAdministrator).map(readAdministrator);
  const invitations = items.filter((item) => !isAdministrator(item)).map(readInvitation);
  const profiles = await table.getAll(
    administrators.map(({ administratorId }) => profileKey(administratorId)),
  );
  const withAccount = new Set(profiles.filter((item) => readProfile(item).hasOwnAccount).map(({ pk }) => pk));
  await table.deleteAll([
    ...administrators.map(({ administratorId }) => roleKey(administratorId, domainId)),
    ...invitations.map(({ email }) => invitedKey(addressKeyOf(email), domainId)),
  ]);
  // After the roles: a check that still finds a role ends. The items of the list are deleted last, so an interrupted sweep
  // comes here again.
  for (const { administratorId, email } of administrators)
    if (withAccount.has(profileKey(administratorId).pk) && email !== undefined)
      await table.put({ ...accountCheckKey(administratorId), email, dueAt: now.getTime() });
}
