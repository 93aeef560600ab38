import type { UserType } from '../../scim/schemas/product-user';
import { licenseMappingChanges, type MappedLicense } from './license-mapping';
import type { Actor, AuditEvent } from '../audit/audit';
import type { Condition } from '../table/expressions';
import { licenseRecordKey } from '../table/keys';
import type { Write } from '../table/write';
import { keyChanges, keyGraceCondition, KeyGraceConflict, type KeyGrace } from './key-grace';

/** Thrown if the license, or the seats of the domain, are not as a change assumed. Nothing was written. */
export class LicenseConflict extends Error {
  override readonly name = 'LicenseConflict';
}

/** The reasons for which a license becomes inactive. */
export const END_REASONS = ['deactivated', 'deleted'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** The data of a user that emails need. The license keeps it after the user is deleted. */
export interface LicenseHolder {
  /** Absent if the user has no valid address. */
  readonly email?: string;
  readonly userName: string;
  /** The name for the greeting. */
  readonly name?: string;
  readonly userType: UserType;
  /** The preferred languages in the syntax of `Accept-Language`; selects the language of emails. */
  readonly language?: string;
}

/**
 * A change of a license's status. `changeId` is a UUIDv7, and each change sends its emails once.
 * `queuedChangeId` is the change that put the license into the queue for a seat. Without it, the change
 * assumes that the license is not in the queue. Without `grace`, a license that leaves `inactive` gets a new
 * key.
 */
export type LicenseChange =
  | {
      readonly status: 'active';
      readonly changeId: string;
      /** The id of the activation if the license does not keep its key. */
      readonly activationId: string;
      readonly queuedChangeId?: string;
      readonly grace?: KeyGrace;
    }
  /** The license enters the queue for a seat. */
  | {
      readonly status: 'pending';
      readonly changeId: string;
      readonly queuedChangeId?: undefined;
      readonly grace?: KeyGrace;
    }
  | {
      readonly status: 'inactive';
      readonly changeId: string;
      readonly reason: EndReason;
      readonly queuedChangeId?: string;
    }
  /** The license was never active; no email follows. */
  | { readonly status: 'inactive'; readonly changeId?: undefined; readonly queuedChangeId?: undefined };

/**
 * The actor of a change in the history of a license. `id` is that of the SCIM key or of the administrator.
 */
export interface ChangedBy {
  readonly kind: Actor['kind'];
  readonly id?: string;
  readonly name?: string;
}

/** Returns the actor without its address and user agent. */
export function changedBy(actor: Actor): ChangedBy {
  const { kind } = actor;
  const [id, name] =
    actor.kind === 'scimKey'
      ? [actor.keyId, actor.keyName]
      : actor.kind === 'admin'
        ? [actor.id, actor.name]
        : [undefined, actor.name];
  return { kind, ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
}

/** The attributes that a holder may lack. */
const HOLDER_OPTIONS = ['email', 'name', 'language'] as const;

/** An update of a user's license. */
export interface LicenseUpdate {
  readonly domainId: string;
  readonly userId: string;
  /** The audit event of the update. */
  readonly audit: Pick<AuditEvent, 'at' | 'actor'>;
  readonly holder?: LicenseHolder;
  readonly change?: LicenseChange;
  /** What mappings give the user. */
  readonly mapped?: MappedLicense;
}

/**
 * Returns the write that updates a user's license: the data of `holder`, and `change` of the status, both if
 * given. A license outlives its user and keeps its `activationId`, from which its key is derived. The write
 * fails with `LicenseConflict` if the license is in the queue for a seat and the change assumes otherwise, or
 * the reverse. It fails with `KeyGraceConflict` if `grace` is not as the change assumes. With `mapped`, every
 * failure is a `LicenseConflict`.
 */
export function licenseWrite({
  domainId,
  userId,
  audit: { at, actor },
  holder,
  change,
  mapped,
}: LicenseUpdate): Write {
  const key = change && keyChanges(change, at);
  const mapping = mapped && licenseMappingChanges(mapped);
  return {
    update: licenseRecordKey(domainId, userId),
    set: {
      domainId,
      userId,
      ...holder,
      ...mapping?.set,
      ...(change && statusOf(change)),
      ...key?.set,
      ...(change && { changedAt: at, changedBy: changedBy(actor) }),
    },
    copy: key?.copy,
    remove: [
      ...(holder ? HOLDER_OPTIONS.filter((name) => holder[name] === undefined) : []),
      ...(change && change.status !== 'inactive' ? ['reason'] : []),
      ...(change?.changeId === undefined ? [] : ['resendId', 'resentBy', 'resentAt']),
      ...(key?.remove ?? []),
      ...(mapping?.remove ?? []),
    ],
    ...(change && conditionOf(change, mapped !== undefined)),
  };
}

function statusOf(change: LicenseChange): object {
  const { status, changeId } = change;
  if (changeId === undefined) return { status };
  return { status, changeId, ...(status === 'inactive' && { reason: change.reason }) };
}

/**
 * Only a change to active or inactive may find the license in the queue. An active user whom a mapping gives
 * no license has an inactive one, so the end of a license also checks that it is active. In a domain with
 * mappings, a license may begin without a change of its user, so each beginning checks that the license is
 * inactive.
 *
 * The ids of changes order the emails about them. So the id of an end must be newer than that of a promotion,
 * of a replacement of the key, or of a resend request, none of which changes the user.
 */
function conditionOf(
  change: LicenseChange,
  isMapped: boolean,
): Pick<Write, 'conditionError'> & { condition?: Condition } {
  const { status, changeId, queuedChangeId } = change;
  const pending = 'pending';
  const inactive = 'inactive';
  const conditionError = () => new LicenseConflict();
  if (queuedChangeId !== undefined)
    return {
      condition: {
        expression: '#status = :pending AND #changeId = :queuedChangeId',
        values: { pending, queuedChangeId },
      },
      conditionError,
    };
  if (status === 'inactive')
    return changeId === undefined
      ? {}
      : {
          condition: {
            expression:
              '#status <> :pending AND #status <> :inactive AND ' +
              '(attribute_not_exists(#changeId) OR #changeId < :changeId) AND ' +
              '(attribute_not_exists(#resendId) OR #resendId < :changeId)',
            values: { pending, inactive },
          },
          conditionError,
        };
  const grace = change.grace && keyGraceCondition(change.grace);
  if (!isMapped) return grace ? { condition: grace, conditionError: () => new KeyGraceConflict() } : {};
  const isInactive = 'attribute_not_exists(#status) OR #status = :inactive';
  return {
    condition: grace
      ? { expression: `(${grace.expression}) AND (${isInactive})`, values: { ...grace.values, inactive } }
      : { expression: isInactive, values: { inactive } },
    conditionError,
  };
}
