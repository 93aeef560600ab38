import {
  CountVerifier,
  type CountPosition,
  type CountVerification,
  type CountVerifierOptions,
} from '../../../shared/service/verification/count-verification';
import type { Table } from '../../../shared/store/table/table';
import { RETENTION_DAYS } from '../store/records';
import { OPERATOR } from '../system/system';

/** The domain to verify, and how. */
export interface VerifyOptions extends Partial<CountVerifierOptions> {
  readonly table: Table;
  readonly domainId: string;
}

/** The smallest parts: one page of two items each. */
export const SMALL_PARTS = { pageSize: 2, partMs: 0 } as const;

/** Verifies one part. */
export const verifyPart = (
  repair: boolean,
  { table, domainId, ...options }: VerifyOptions,
  from?: CountPosition,
): Promise<CountVerification> =>
  new CountVerifier(table, domainId, OPERATOR, { auditRetentionDays: RETENTION_DAYS, ...options }).verify(
    repair,
    from,
  );

/** Verifies all parts, with a new verifier for each, as requests do. */
export async function verifyCounts(repair: boolean, options: VerifyOptions) {
  const total = { checked: 0, repaired: 0, exact: true, parts: 0 };
  const [differences, groups, queue]: [object[], object[], object[]] = [[], [], []];
  let from: CountPosition | undefined;
  do {
    const part = await verifyPart(repair, options, from);
    total.checked += part.checked;
    total.repaired += part.repaired;
    total.exact &&= part.exact;
    total.parts++;
    differences.push(...part.differences);
    groups.push(...part.groups);
    queue.push(...part.queue);
    from = part.next;
  } while (from);
  return { ...total, differences, groups, queue };
}
