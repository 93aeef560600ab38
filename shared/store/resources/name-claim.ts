import { ScimError } from '../../scim/error';
import { isSameName, legacyNameKeyOf, nameKeyOf } from '../../scim/text/name-key';
import { claimKey, isKeyText, type ResourceKind } from '../table/keys';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { NAME_ATTRIBUTE, nameOf, storedNameKey, type ResourceRecord } from './resource-record';

/** A resource whose name key is known. */
export type NamedRecord = ResourceRecord & { readonly nameKey: string };

/** Thrown if a claim cannot move to the current key, because another resource has this claim. Nothing was written. */
class ClaimNotMoved extends Error {
  override readonly name = 'ClaimNotMoved';
}

/**
 * Calls `write` with the resource after a change, and with the key of its name claim. If the name stays, but its
 * claim has the key of a previous version, the claim moves. A previous version may have let another resource have
 * that name. Then the claim stays, because this must not prevent any other change, such as a deactivation.
 */
export async function withNameKey<T>(
  kind: ResourceKind,
  before: ResourceRecord,
  after: ResourceRecord,
  write: (after: NamedRecord) => Promise<T>,
): Promise<T> {
  const stored = { ...after, nameKey: storedNameKey(kind, before) };
  const current = { ...after, nameKey: nameKeyOf(nameOf(kind, after.attributes)) };
  if (!isSameName(nameOf(kind, before.attributes), nameOf(kind, after.attributes))) return write(current);
  // The current key of an old name may be too long, or empty.
  if (!isKeyText(current.nameKey) || current.nameKey === stored.nameKey) return write(stored);
  try {
    return await write(current);
  } catch (error) {
    if (!(error instanceof ClaimNotMoved)) throw error;
    return write(stored);
  }
}

/**
 * Returns the writes that claim the name of a new resource. They fail with 409 `uniqueness` if the name is taken,
 * by a claim of this version or of a previous one.
 */
export const claimName = (domainId: string, kind: ResourceKind, record: NamedRecord): Write[] => [
  {
    put: { ...claimKey(domainId, kind, record.nameKey), ownerId: record.id },
    condition: ITEM_IS_ABSENT,
    conditionError: () => nameTaken(kind, record),
  },
  ...checkLegacyClaim(domainId, kind, record, [record.nameKey]),
];

/**
 * Returns the writes that replace the claim of `before` with that of `after`; none if both are the same. They fail
 * with 409 `uniqueness` if another resource has the new name, and with `ClaimNotMoved` if the name stays.
 */
export function moveClaim(
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  after: NamedRecord,
): Write[] {
  const stored = storedNameKey(kind, before);
  const isRenamed = !isSameName(nameOf(kind, before.attributes), nameOf(kind, after.attributes));
  const check = isRenamed ? checkLegacyClaim(domainId, kind, after, [after.nameKey, stored]) : [];
  if (after.nameKey === stored) return check;
  return [
    {
      put: { ...claimKey(domainId, kind, after.nameKey), ownerId: after.id },
      ...isFree(after, () => (isRenamed ? nameTaken(kind, after) : new ClaimNotMoved())),
    },
    releaseName(domainId, kind, before),
    ...check,
  ];
}

/**
 * Returns the write that releases the claim of a stored resource. It fails with `VersionConflict` if another
 * resource owns the claim.
 */
export const releaseName = (domainId: string, kind: ResourceKind, record: ResourceRecord): Write => ({
  delete: claimKey(domainId, kind, storedNameKey(kind, record)),
  ...isFree(record, () => new VersionConflict()),
});

/** Previous versions claimed names under another key. `covered` are the keys that other writes already check. */
function checkLegacyClaim(
  domainId: string,
  kind: ResourceKind,
  record: ResourceRecord,
  covered: readonly string[],
): Write[] {
  const key = legacyNameKeyOf(nameOf(kind, record.attributes));
  if (covered.includes(key) || !isKeyText(key)) return [];
  return [{ check: claimKey(domainId, kind, key), ...isFree(record, () => nameTaken(kind, record)) }];
}

const isFree = ({ id }: ResourceRecord, conditionError: () => Error) => ({
  condition: { expression: 'attribute_not_exists(pk) OR ownerId = :id', values: { id } },
  conditionError,
});

function nameTaken(kind: ResourceKind, { attributes }: ResourceRecord): ScimError {
  const what = kind === 'USER' ? 'user' : 'group';
  return ScimError.uniqueness(
    `Another ${what} has the ${NAME_ATTRIBUTE[kind]} "${nameOf(kind, attributes)}". ` +
      'Find it by a filter, or choose another name.',
  );
}
