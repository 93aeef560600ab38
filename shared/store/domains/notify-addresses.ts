import { addressKeyOf } from '../mail/address-key';
import { domainKey } from '../table/keys';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, type Write } from '../table/write';
import type { Domain } from './domain-store';

type NotifiedDomain = Pick<Domain, 'domainId' | 'notifyAddresses' | 'version'>;

/** Returns the addresses of a domain that gets an owner: the owner's, if it had none. */
export const withOwner = (
  { notifyAddresses }: NotifiedDomain,
  email: string | undefined,
): readonly string[] => (notifyAddresses.length === 0 && email !== undefined ? [email] : notifyAddresses);

/**
 * Returns the addresses of a domain that loses an owner: those of others. If none is left, `successor` is the
 * address of another owner.
 */
export function withoutOwner(
  { notifyAddresses }: NotifiedDomain,
  email: string | undefined,
  successor: string | undefined,
): readonly string[] {
  if (email === undefined) return notifyAddresses;
  const others = notifyAddresses.filter((each) => addressKeyOf(each) !== addressKeyOf(email));
  if (others.length === notifyAddresses.length) return notifyAddresses;
  return others.length === 0 && successor !== undefined ? [successor] : others;
}

/**
 * Returns the write that sets the addresses of a domain; if they stay the same, the check that the domain
 * exists. Its error is `VersionConflict`, even if the domain no longer exists.
 */
export function notifyWrite(domain: NotifiedDomain, addresses: readonly string[]): Write {
  const { domainId, notifyAddresses, version } = domain;
  const key = domainKey(domainId);
  const conditionError = () => new VersionConflict();
  if (addresses === notifyAddresses) return { check: key, condition: ITEM_EXISTS, conditionError };
  return {
    update: key,
    set: { notifyAddresses: addresses },
    add: { version: 1 },
    condition:
      version === 0
        ? { expression: 'attribute_exists(pk) AND attribute_not_exists(version)' }
        : { expression: 'version = :seen', values: { seen: version } },
    conditionError,
  };
}
