import { ScimError } from '../../scim/error';
import { isSameName, legacyNameKeyOf, nameKeyOf } from '../../scim/text/name-key';
import { claimKey, isKeyText, type ResourceKind } from '../table/keys';
import { VersionConflict } from '../table/operations/transaction';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { NAME_ATTRIBUTE, nameOf, storedNameKey, type ResourceRecord } from './resource-record';

/** Thrown if another resource owns the stored claim of a resource. Nothing was written. */
class ClaimOfAnother extends Error {
  override readonly name = 'ClaimOfAnother';
}

/**
 * Another resource owns the stored claim of a resource, because its item has a wrong key. `ownsCurrent`: the
 * resource owns the claim of its name.
 */
export interface ForeignClaim {
  readonly ownsCurrent: boolean;
}

/** A resource whose name key is known. */
export type NamedRecord = ResourceRecord & { readonly nameKey: string };

/**
 * Thrown if a claim cannot move to the current key, because another resource has this claim. Nothing was
 * written.
 */
class ClaimNotMoved extends Error {
  override readonly name = 'ClaimNotMoved';
}

/**
 * Calls `write` with the resource after a change, and with the key of its name claim. If the name stays, but
 * its claim has the key of a previous version, the claim moves. A previous version may have let another
 * resource have that name. Then the claim stays, because this must not prevent any other change, such as a
 * deactivation.
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
 * Calls `write`, which releases the claim of a resource. If another resource owns the stored claim, calls it
 * again with what it releases instead, because a wrong key must not prevent any change.
 */
export async function withRelease<T>(
  table: Table,
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  write: (foreign?: ForeignClaim) => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ClaimOfAnother)) throw error;
  }
  const key = nameKeyOf(nameOf(kind, before.attributes));
  const claim = isKeyText(key) ? await table.get(claimKey(domainId, kind, key)) : undefined;
  return write({ ownsCurrent: claim?.ownerId === before.id });
}

/**
 * Returns the writes that claim the name of a new resource. They fail with 409 `uniqueness` if the name is
 * taken, by a claim of this version or of a previous one.
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
 * Returns the writes that replace the claim of `before` with that of `after`; none if both are the same. They
 * fail with 409 `uniqueness` if another resource has the new name, and with `ClaimNotMoved` if the name
 * stays.
 */
export function moveClaim(
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  after: NamedRecord,
  foreign?: ForeignClaim,
): Write[] {
  const stored = storedNameKey(kind, before);
  const isRenamed = !isSameName(nameOf(kind, before.attributes), nameOf(kind, after.attributes));
  const covered = [after.nameKey, stored, ...(foreign ? [nameKeyOf(nameOf(kind, before.attributes))] : [])];
  const check = isRenamed ? checkLegacyClaim(domainId, kind, after, covered) : [];
  if (after.nameKey === stored && !isRenamed) return check;
  return [
    {
      put: { ...claimKey(domainId, kind, after.nameKey), ownerId: after.id },
      ...isFree(after, () => (isRenamed ? nameTaken(kind, after) : new ClaimNotMoved())),
    },
    // A wrong key may be that of the new name.
    ...(after.nameKey === stored ? [] : releaseName(domainId, kind, before, foreign, after.nameKey)),
    ...check,
  ];
}

/**
 * Returns the writes that release the claim of a stored resource. Call them by `withRelease`, because they
 * fail if another resource owns the claim. With `foreign`, they release the claim of the name, unless it is
 * `kept`.
 */
export function releaseName(
  domainId: string,
  kind: ResourceKind,
  record: ResourceRecord,
  foreign?: ForeignClaim,
  kept?: string,
): Write[] {
  const stored = claimKey(domainId, kind, storedNameKey(kind, record));
  if (!foreign) return [{ delete: stored, ...isFree(record, () => new ClaimOfAnother()) }];
  const conditionError = () => new VersionConflict();
  const current = nameKeyOf(nameOf(kind, record.attributes));
  return [
    {
      check: stored,
      condition: { expression: 'attribute_exists(pk) AND ownerId <> :id', values: { id: record.id } },
      conditionError,
    },
    ...(foreign.ownsCurrent && current !== kept
      ? [{ delete: claimKey(domainId, kind, current), ...isFree(record, conditionError) }]
      : []),
  ];
}

/**
 * Previous versions claimed names under another key. `covered` are the keys that other writes already check.
 */
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
