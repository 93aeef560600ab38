import type { UserType } from '../scim/schemas/product-user';
import { licenseRecordKey } from './keys';
import type { Write } from './transaction';

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

/** A change of a license's status. `changeId` is a UUIDv7 that names it: mails go out once for each. */
export type LicenseChange =
  | { readonly status: 'active'; readonly changeId: string; readonly activationId: string }
  | {
      readonly status: 'inactive';
      readonly changeId: string;
      readonly reason: 'deactivated' | 'deleted';
    }
  /** Never activated yet; no mail follows. */
  | { readonly status: 'inactive'; readonly changeId?: undefined };

/**
 * The write that brings the license of a user up to date: the holder's data, and the change of status where there is
 * one. A license outlives its user and keeps its `activationId`, from which its key is derived.
 */
export function licenseWrite(
  domainId: string,
  userId: string,
  at: string,
  holder: LicenseHolder | undefined,
  change: LicenseChange | undefined,
): Write {
  const set: Record<string, unknown> = {
    domainId,
    userId,
    ...holder,
    ...change,
    ...(change && { changedAt: at }),
  };
  const remove = [
    ...(holder && holder.name === undefined ? ['name'] : []),
    ...(holder && holder.language === undefined ? ['language'] : []),
    ...(change?.status === 'active' ? ['reason'] : []),
  ];
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  return {
    Update: {
      Key: licenseRecordKey(domainId, userId),
      UpdateExpression:
        `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}` +
        (remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''),
      ExpressionAttributeNames: Object.fromEntries(
        [...fields.map(([name]) => name), ...remove].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
    },
  };
}
