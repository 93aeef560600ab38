import { readAdministrator, readInvitation, readProfile } from '../administrators/administrator';
import { readMappedAdministrator } from '../administrators/mapped-administrator';
import { addressKeyOf } from '../mail/address-key';
import {
  accountCheckKey,
  ADMINISTRATOR_PREFIX,
  invitedKey,
  mappedInvitedKey,
  mappedRoleKey,
  profileKey,
  roleKey,
} from '../table/administrator-keys';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';

/**
 * Deletes what points to administrators and invitations of a deleted domain: the roles, and the lookup by
 * address. An account of the user pool that the service created is checked later, because only the admin API
 * can delete it.
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
  const withAccount = await accountsAmong(table, administrators);
  await table.deleteAll([
    ...administrators.map(({ administratorId }) => roleKey(administratorId, domainId)),
    ...invitations.map(({ email }) => invitedKey(addressKeyOf(email), domainId)),
  ]);
  // After the roles: a check that still finds a role ends. The items of the list are deleted last, so an
  // interrupted sweep comes here again.
  await checkAccounts(table, withAccount, now);
}

/** Deletes the roles of a deleted domain that mappings have given, in the way of `deleteRoles`. */
export async function deleteMappedRoles(
  table: Table,
  domainId: string,
  items: readonly Item[],
  now: Date,
): Promise<void> {
  const mapped = items.map(readMappedAdministrator);
  const withAccount = await accountsAmong(
    table,
    mapped.flatMap(({ administratorId, email }) => (administratorId ? { administratorId, email } : [])),
  );
  await table.deleteAll([
    ...mapped.flatMap(({ administratorId, userId }) =>
      administratorId === undefined ? [] : mappedRoleKey(administratorId, domainId, userId),
    ),
    ...mapped.map(({ email, userId }) => mappedInvitedKey(addressKeyOf(email), domainId, userId)),
  ]);
  await checkAccounts(table, withAccount, now);
}

interface Account {
  readonly administratorId: string;
  readonly email: string;
}

/** Returns the administrators whose account the service has created, each once. */
async function accountsAmong(
  table: Table,
  administrators: readonly { readonly administratorId: string; readonly email?: string }[],
): Promise<Account[]> {
  const emails = new Map(administrators.map(({ administratorId, email }) => [administratorId, email]));
  const profiles = await table.getAll([...emails.keys()].map(profileKey));
  const withAccount = new Set(profiles.filter((item) => readProfile(item).hasOwnAccount).map(({ pk }) => pk));
  return [...emails].flatMap(([administratorId, email]) =>
    withAccount.has(profileKey(administratorId).pk) && email !== undefined ? { administratorId, email } : [],
  );
}

async function checkAccounts(table: Table, accounts: readonly Account[], now: Date): Promise<void> {
  for (const { administratorId, email } of accounts)
    await table.put({ ...accountCheckKey(administratorId), email, dueAt: now.getTime() });
}
