import type { UserType } from '../../scim/schemas/product-user';
import type { Actor } from '../audit/audit';
import { licenseRecordKey } from '../table/keys';
import type { Write } from '../table/transaction';

/** The license of the user, or the seats of the domain, are not as the change presumed: nothing was written. */
export class LicenseConflict extends Error {
  override readonly name = 'LicenseConflict';
}

/** What a license says of its holder: enough for the mails, also after the user is gone. */
export interface LicenseHolder {
  readonly email: string;
  readonly userName: string;
  /** The name to greet with. */
  readonly name?: string;
  readonly userType: UserType;
  /** As `Accept-Language` has it; picks the language of the mails. */
  readonly language?: string;
}

/**
 * A change of a license's status. `changeId` is a UUIDv7 that names it: mails go out once for each. `queuedChangeId` is the
 * `changeId` under which the license waits for a seat until then; without it, it is presumed not to wait.
 */
export type LicenseChange =
  | {
      readonly status: 'active';
      readonly changeId: string;
      readonly activationId: string;
      readonly queuedChangeId?: string;
    }
  /** Waits for a seat. */
  | { readonly status: 'pending'; readonly changeId: string; readonly queuedChangeId?: undefined }
  | {
      readonly status: 'inactive';
      readonly changeId: string;
      readonly reason: 'deactivated' | 'deleted';
      readonly queuedChangeId?: string;
    }
  /** Never activated yet; no mail follows. */
  | { readonly status: 'inactive'; readonly changeId?: undefined; readonly queuedChangeId?: undefined };

/** By whom a license was changed, as its history shows it. `id` is that of the SCIM key or of the administrator. */
export interface ChangedBy {
  readonly kind: Actor['kind'];
  readonly id?: string;
  readonly name?: string;
}

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

/**
 * The write that brings the license of a user up to date: the holder's data, and the change of status where there is
 * one, by `actor`. A license outlives its user and keeps its `activationId`, from which its key is derived. Refused with
 * `LicenseConflict` where the license waits for a seat and the change presumes otherwise, or the other way round.
 */
export function licenseWrite(
  domainId: string,
  userId: string,
  at: string,
  holder: LicenseHolder | undefined,
  change: LicenseChange | undefined,
  actor: Actor,
): Write {
  const { queuedChangeId, ...status } = change ?? {};
  const set: Record<string, unknown> = {
    domainId,
    userId,
    ...holder,
    ...status,
    ...(change && { changedAt: at, changedBy: changedBy(actor) }),
  };
  const remove = [
    ...(holder && holder.name === undefined ? ['name'] : []),
    ...(holder && holder.language === undefined ? ['language'] : []),
    ...(change && change.status !== 'inactive' ? ['reason'] : []),
    ...(change?.changeId === undefined ? [] : ['resendId', 'resentBy', 'resentAt']),
  ];
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  const condition = change && conditionOf(change);
  return {
    Update: {
      Key: licenseRecordKey(domainId, userId),
      UpdateExpression:
        `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}` +
        (remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''),
      ...(condition && { ConditionExpression: condition }),
      ExpressionAttributeNames: Object.fromEntries(
        [...fields.map(([name]) => name), ...remove].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        ...(condition && { ':pending': 'pending' }),
        ...(queuedChangeId !== undefined && { ':waitedAs': queuedChangeId }),
      },
    },
    ...(condition && { conditionError: () => new LicenseConflict() }),
  };
}

/** Only a license that ends, or that gets its seat, may be waiting. */
function conditionOf({ status, changeId, queuedChangeId }: LicenseChange): string | undefined {
  if (queuedChangeId !== undefined) return '#status = :pending AND #changeId = :waitedAs';
  return status === 'inactive' && changeId !== undefined ? '#status <> :pending' : undefined;
}
