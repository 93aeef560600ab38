import type { Json } from '../../scim/resource';
import { LicenseStore } from '../../store/licenses/license-store';
import { hasStopped } from '../../store/mappings/mapping-items';
import { MappingStore } from '../../store/mappings/mapping-store';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { mappedLicenseOf, planEvaluation } from '../mappings/evaluation-plan';

/**
 * The place at which a verification continues: the users after an id. `wrong`: whether a license before it is
 * wrong.
 */
export interface MappingPosition {
  readonly mappings: string | null;
  readonly wrong: boolean;
}

/** A part of a license that is not as the mappings say. */
export interface MappingDifference {
  readonly userId: string;
  /** `license` is whether the user has a license. */
  readonly attribute: string;
  /** Absent if the license, or the evaluation, has no value. */
  readonly stored?: string;
  readonly expected?: string;
}

/** The result of a part of a verification. */
interface MappingVerification {
  readonly checked: number;
  readonly mappings: readonly MappingDifference[];
  /** The differences that the evaluation repairs which starts at the end. */
  readonly repaired: number;
  /**
   * False if all users are being evaluated and licenses differ. The differences are then perhaps repaired
   * already.
   */
  readonly exact: boolean;
  readonly next?: MappingPosition;
}

const PAGE_SIZE = 100;
/** A part ends after this number of differences, so that a response stays small. */
const MAX_DIFFERENCES = 200;

export interface MappingVerificationOptions {
  readonly repair: boolean;
  readonly isTimeUp: () => boolean;
  readonly now: () => Date;
}

/**
 * Compares the licenses of a domain with a fresh evaluation of its mappings, part by part. With `repair`,
 * starts the evaluation of all users at the end if a license is wrong, even if an earlier evaluation has
 * stopped before its end.
 */
export async function verifyMappings(
  table: Table,
  domainId: string,
  from: MappingPosition,
  { repair, isTimeUp, now }: MappingVerificationOptions,
): Promise<MappingVerification> {
  const store = new MappingStore(table, domainId);
  const evaluation = await store.evaluation();
  const isIdle = !evaluation || evaluation.phase === 'finished' || hasStopped(evaluation, now());
  const users = new ResourceStore(table, domainId, 'USER');
  const mappings: MappingDifference[] = [];
  let [checked, next] = [0, from.mappings ?? undefined];
  do {
    // The mappings come first: what is read later is at least as new.
    const state = await store.state();
    if (!state) return { checked, mappings, repaired: 0, exact: true };
    const page = await users.page(PAGE_SIZE, next);
    const ids = page.records.map(({ id }) => id);
    const licenses = await new LicenseStore(table).readAll(domainId, ids);
    for (const user of page.records) {
      const license = licenses.get(user.id);
      const options = { at: now(), keyGraceDays: 0 };
      const plan = planEvaluation({ state, user, license }, mappedLicenseOf(state, user), options);
      if (!plan) continue;
      const { change, audit } = plan;
      const differences = [
        ...(change ? [{ attribute: 'license', before: license?.status, after: change.status }] : []),
        ...(audit.changes ?? []),
      ];
      for (const { attribute, before, after } of differences)
        mappings.push({
          ...{ userId: user.id, attribute },
          ...(before !== undefined && { stored: textOf(before) }),
          ...(after !== undefined && { expected: textOf(after) }),
        });
    }
    checked += page.records.length;
    next = page.next;
  } while (next !== undefined && mappings.length < MAX_DIFFERENCES && !isTimeUp());
  const wrong = from.wrong || mappings.length > 0;
  const exact = isIdle || mappings.length === 0;
  const isRepaired = repair && isIdle;
  if (next === undefined && wrong && isRepaired) await store.evaluateAgain(now());
  return {
    ...{ checked, mappings, exact },
    repaired: isRepaired ? mappings.length : 0,
    ...(next !== undefined && { next: { mappings: next, wrong } }),
  };
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
