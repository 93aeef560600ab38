import { ScimError } from '../../scim/error';
import { claimKey, type ResourceKind } from '../table/keys';
import { VersionConflict } from '../table/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { NAME_ATTRIBUTE, nameOf, type ResourceRecord } from './resource-record';

/** Returns the write that claims the name of a resource. It fails with 409 `uniqueness` if the name is taken. */
export function claimName(domainId: string, kind: ResourceKind, { id, attributes }: ResourceRecord): Write {
  const name = nameOf(kind, attributes);
  const what = kind === 'USER' ? 'user' : 'group';
  return {
    put: { ...claimKey(domainId, kind, name), ownerId: id },
    condition: ITEM_IS_ABSENT,
    conditionError: () =>
      ScimError.uniqueness(
        `Another ${what} has the ${NAME_ATTRIBUTE[kind]} "${name}". Find it by a filter, or choose another name.`,
      ),
  };
}

/**
 * Returns the write that releases the name of a resource. It fails with `VersionConflict` if the resource does not
 * own the claim.
 */
export const releaseName = (
  domainId: string,
  kind: ResourceKind,
  { id, attributes }: ResourceRecord,
): Write => ({
  delete: claimKey(domainId, kind, nameOf(kind, attributes)),
  condition: { expression: 'ownerId = :id', values: { id } },
  conditionError: () => new VersionConflict(),
});
