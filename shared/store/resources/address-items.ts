import { addressesOf } from '../../scim/addresses';
import { nameKeyOf } from '../../scim/text/name-key';
import { addressIndexKey, addressKey } from '../table/address-keys';
import { isKeyText, type ItemKey } from '../table/keys';
import type { Write } from '../table/write';
import { storedNameKey, type ResourceRecord } from './resource-record';

/** A user with more addresses has one item that every lookup by address examines. */
export const MAX_ADDRESS_ITEMS = 20;

/**
 * Returns the keys of the items by which a user is found by email address. An address whose key is that of
 * the name claim needs no item, because the claim finds the user. Most users have no other address.
 */
export function addressItemKeys(domainId: string, user: ResourceRecord): ItemKey[] {
  const { id, attributes } = user;
  const name = storedNameKey('USER', user);
  const addresses = new Set(
    addressesOf(attributes)
      .map(nameKeyOf)
      .filter((address) => address !== name && isKeyText(address)),
  );
  if (addresses.size > MAX_ADDRESS_ITEMS) return [addressIndexKey(domainId, id)];
  return [...addresses].map((address) => addressKey(domainId, address, id));
}

/**
 * Returns the writes that change the address items with a user. `before` is undefined for a new user, and
 * `after` for a deleted one. They need no conditions, because the version of the user is a condition of the
 * transaction.
 */
export function addressItemWrites(
  domainId: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): Write[] {
  const old = before ? addressItemKeys(domainId, before) : [];
  const current = after ? addressItemKeys(domainId, after) : [];
  const isIn = (keys: readonly ItemKey[]) => {
    const partitions = new Set(keys.map(({ pk }) => pk));
    return ({ pk }: ItemKey) => partitions.has(pk);
  };
  const [wasThere, stays] = [isIn(old), isIn(current)];
  return [
    ...current.filter((key) => !wasThere(key)).map((key) => ({ put: { ...key } })),
    ...old.filter((key) => !stays(key)).map((key) => ({ delete: key })),
  ];
}
