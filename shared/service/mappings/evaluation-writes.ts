import { auditWrite } from '../../store/audit/audit';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { licenseWrite } from '../../store/licenses/license-write';
import { mailCheck, resultWrite } from '../../store/licenses/mapped-license-write';
import { seatWrites, type SeatChoice } from '../../store/licenses/seats';
import { isKeyMailed, type MailItem } from '../../store/mail/mail-item';
import { mappingsCheck } from '../../store/mappings/mapping-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { resourceKey } from '../../store/table/keys';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { Write } from '../../store/table/write';
import { nextChangeId } from '../licenses/license-change';
import type { EvaluatedState, EvaluationPlan } from './evaluation-plan';

/** The key of an active license, and its email. */
export interface EmailedKey {
  /** Whether the user may know the key from an email with another user type. */
  readonly isReplaced: boolean;
  /** The user type in the email, or that of the license. */
  readonly userType: string;
  readonly mail?: MailItem;
}

/** A transaction has at most 100 writes, of which one checks the mappings. */
const MAX_WRITES = 75;
/**
 * A transaction has at most 4 MB. A write may take more than its text, because items keep what it does not
 * change.
 */
const MAX_BATCH_BYTES = 500_000;

/** The writes by which evaluations change the licenses of a domain. */
export class EvaluationWrites {
  constructor(
    private readonly domainId: string,
    private readonly auditRetentionDays: number,
  ) {}

  /** Returns the writes of one evaluation, with the check that the mappings have not changed. */
  of(
    plan: EvaluationPlan,
    { state, license }: EvaluatedState,
    choice: SeatChoice | undefined,
    key: EmailedKey | undefined,
  ): Write[] {
    const { domainId } = this;
    const { user, holder, mapped, change, audit } = plan;
    const check = mappingsCheck(domainId, state.record.revision);
    if (change || !license) {
      const status = change ?? { status: 'inactive' as const };
      return [
        check,
        this.userCheck(user),
        licenseWrite({
          domainId,
          userId: user.id,
          audit,
          holder,
          change: status,
          mapped,
        }),
        ...seatWrites(domainId, user.id, status, 0, choice),
        auditWrite(domainId, audit, this.auditRetentionDays),
      ];
    }
    return [
      check,
      ...this.ofResult(plan, license, key?.isReplaced ? nextChangeId(license) : undefined),
      // If the email is claimed from now on, it has the new type.
      ...(key && !(key.mail && isKeyMailed(key.mail)) ? [mailCheck(license, key.mail?.status)] : []),
    ];
  }

  /**
   * Returns the writes of a result that keeps the status of its license, without the check of the mappings.
   */
  ofResult(
    { user, holder, mapped, audit }: EvaluationPlan,
    before: LicenseRecord,
    newActivationId?: string,
  ): Write[] {
    return [
      this.userCheck(user),
      resultWrite({ before, holder, mapped, newActivationId }, audit.at, audit.actor),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ];
  }

  private userCheck({ id, version }: ResourceRecord): Write {
    return {
      check: resourceKey(this.domainId, 'USER', id),
      condition: { expression: '#version = :version', values: { version } },
      conditionError: () => new VersionConflict(),
    };
  }
}

/** Returns parts that fit into one transaction each, with the check of the mappings. */
export function batchesOf<T extends { readonly writes: readonly Write[] }>(all: readonly T[]): T[][] {
  const batches: T[][] = [];
  let [count, bytes] = [Infinity, 0];
  for (const each of all) {
    const size = Buffer.byteLength(JSON.stringify(each.writes));
    if (count + each.writes.length > MAX_WRITES || bytes + size > MAX_BATCH_BYTES) {
      batches.push([]);
      [count, bytes] = [0, 0];
    }
    batches.at(-1)?.push(each);
    count += each.writes.length;
    bytes += size;
  }
  return batches;
}
