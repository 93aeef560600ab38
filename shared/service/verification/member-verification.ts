import type { AuditEvent } from '../../store/audit/audit';
import { MemberCountVerifier, type MemberCountDifference } from '../../store/groups/member-count-verifier';
import { nameOf } from '../../store/resources/resource-record';
import type { Table } from '../../store/table/table';

export interface GroupDifference {
  readonly groupId: string;
  readonly displayName: string;
  readonly stored: number;
  readonly actual: number;
}

export interface VerifiedGroups {
  /** The groups whose members were counted. */
  readonly checked: number;
  readonly groups: readonly GroupDifference[];
  readonly repaired: number;
  /** False if a group changed again and again while its members were counted. */
  readonly exact: boolean;
  /** The last group; absent at the end. */
  readonly next?: string;
}

export interface MemberVerificationOptions {
  readonly auditRetentionDays: number;
  /** Groups of a query. */
  readonly pageSize: number;
  readonly isTimeUp: () => boolean;
  /** Returns the audit event of a repair; undefined if nothing is repaired. */
  readonly audit: ((difference: Omit<MemberCountDifference, 'isRepaired'>) => AuditEvent) | undefined;
}

/**
 * Compares the numbers of members of a domain's groups with their members, from a place until the time is up.
 */
export async function verifyGroups(
  table: Table,
  domainId: string,
  afterGroup: string | null,
  { auditRetentionDays, pageSize, isTimeUp, audit }: MemberVerificationOptions,
): Promise<VerifiedGroups> {
  const verifier = new MemberCountVerifier(table, domainId, auditRetentionDays);
  const page = await verifier.groupIds(pageSize, afterGroup ?? undefined);
  const groups: GroupDifference[] = [];
  let [checked, repaired, exact] = [0, 0, true];
  for (const id of page.ids) {
    const last = page.ids[checked - 1];
    if (last !== undefined && isTimeUp()) return { checked, groups, repaired, exact, next: last };
    const result = await verifier.verify(id, audit);
    checked++;
    if (result === 'changing') exact = false;
    else if (result) {
      const { group, stored, actual, isRepaired } = result;
      groups.push({ groupId: id, displayName: nameOf('GROUP', group.attributes), stored, actual });
      if (isRepaired) repaired++;
    }
  }
  return { checked, groups, repaired, exact, ...(page.next !== undefined && { next: page.next }) };
}
