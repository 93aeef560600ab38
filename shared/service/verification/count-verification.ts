import { newId } from '../../id';
import { pause } from '../../retry/backoff';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import {
  countPage,
  deleteCheck,
  newCheck,
  readCheck,
  storeCheck,
  type CountsCheck,
} from '../../store/domains/counts-check';
import { repairCounts } from '../../store/domains/counts-repair';
import {
  countDifferences,
  fingerprintOf,
  readCountsState,
  type CountDifference,
} from '../../store/domains/counts-state';
import { openCounts } from '../../store/domains/counts-write';
import { absorbFormerCounts } from '../../store/domains/former-counts';
import type { MemberCountDifference } from '../../store/groups/member-count-verifier';
import type { QueueDifference } from '../../store/licenses/queue-verifier';
import type { Table } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';
import { verifyMappings, type MappingDifference, type MappingPosition } from './mapping-verification';
import { resourceName } from '../resources/audit-fields';
import { verifyGroups, type GroupDifference } from './member-verification';
import { type QueuePosition, verifyQueue } from './queue-verification';

/**
 * The place at which a verification continues: a check that has begun, the groups after an id, the queue for
 * seats, or the results of mappings.
 */
export type CountPosition =
  { readonly checkId: string } | { readonly afterGroup: string | null } | QueuePosition | MappingPosition;

/** The result of a part of a verification. */
export interface CountVerification {
  /**
   * Users, groups, and licenses that were counted, groups whose members were, entries of the queue for seats,
   * and users whose mappings were evaluated.
   */
  readonly checked: number;
  /** The counts of the domain that differ from what exists. Empty until everything is counted. */
  readonly differences: readonly CountDifference[];
  readonly groups: readonly GroupDifference[];
  /** Entries of the queue for seats that do not match the licenses. */
  readonly queue: readonly QueueDifference[];
  /** Parts of licenses that are not as the mappings of the domain say. */
  readonly mappings: readonly MappingDifference[];
  /**
   * The number of differences that were repaired. Those of mappings are repaired by an evaluation of all
   * users.
   */
  readonly repaired: number;
  /**
   * False if the domain, or a group, changed each time that it was counted, or if all users are being
   * evaluated. Differences are then perhaps only these changes, so they are not repaired.
   */
  readonly exact: boolean;
  /** The place of the next part; absent at the end. */
  readonly next?: CountPosition;
}

export interface CountVerifierOptions {
  readonly auditRetentionDays: number;
  readonly now?: () => Date;
  /** Items of a query. */
  readonly pageSize?: number;
  /** Milliseconds after which a part ends. It has at least one page. */
  readonly partMs?: number;
  /** Waits between two reads of a license that waits beside a free seat. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** A domain that changed while it was counted is counted again, up to this number of times in all. */
const ATTEMPTS = 4;

/**
 * Compares the counts of a domain, its seats, the numbers of members of its groups, its queue for seats, and
 * the results of its mappings with what exists, part by part. With `repair`, corrects them. A repair of the
 * domain needs a time without audit events: nothing in the domain changes, and no change is refused.
 */
export class CountVerifier {
  private readonly options: Required<CountVerifierOptions>;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly actor: Actor,
    options: CountVerifierOptions,
  ) {
    this.options = { now: () => new Date(), pageSize: 1_000, partMs: 8_000, sleep: pause, ...options };
  }

  /** Verifies one part. `isSpent` ends the part earlier. */
  async verify(repair: boolean, from?: CountPosition, isSpent = () => false): Promise<CountVerification> {
    const endsAt = this.options.now().getTime() + this.options.partMs;
    const isTimeUp = () => this.options.now().getTime() >= endsAt || isSpent();
    if (from && 'mappings' in from) {
      const options = { repair, isTimeUp, now: this.options.now };
      return { ...NOTHING, ...(await verifyMappings(this.table, this.domainId, from, options)) };
    }
    if (from && 'queue' in from) return this.verifyQueue(repair, from, isTimeUp);
    if (from && 'afterGroup' in from) return this.verifyMembers(repair, from.afterGroup, isTimeUp);
    return this.verifyDomain(repair, from?.checkId, isTimeUp);
  }

  private async verifyDomain(
    repair: boolean,
    known: string | undefined,
    isTimeUp: () => boolean,
  ): Promise<CountVerification> {
    const { table, domainId } = this;
    const checkId = known ?? newId();
    let check =
      known === undefined
        ? await this.begin(repair)
        : await readCheck(table, domainId, known, this.options.now());
    if (!check && known !== undefined)
      throw new AdminError(
        'This verification has ended, or is older than a day. Start again without a cursor.',
      );
    let checked = 0;
    while (check) {
      do {
        const page = await countPage(table, domainId, check, this.options.pageSize);
        checked += page.items;
        check = page.check;
      } while (check.place && !isTimeUp());
      if (check.place) {
        await storeCheck(table, domainId, checkId, check, this.options.now());
        return { ...NOTHING, checked, next: { checkId } };
      }
      const compared = await this.compare(repair && check.repair, check);
      if (compared.exact || check.attempt >= ATTEMPTS) {
        if (known !== undefined) await deleteCheck(table, domainId, known);
        return { ...compared, checked, next: { afterGroup: null } };
      }
      check = await this.begin(repair && check.repair, check.attempt + 1);
    }
    return { ...NOTHING, checked };
  }

  /**
   * Returns a check that has counted nothing yet; undefined if the domain is being deleted. A repair first
   * completes what the first change of a domain of a previous version does.
   */
  private async begin(repair: boolean, attempt = 1): Promise<CountsCheck | undefined> {
    const { table, domainId } = this;
    let state = await readCountsState(table, domainId);
    if (state.snapshot.deletedAt !== undefined) return undefined;
    if (repair) {
      await openCounts(table, domainId);
      await absorbFormerCounts(table, domainId);
      state = await readCountsState(table, domainId);
    }
    return newCheck(fingerprintOf(state), repair, attempt);
  }

  private async compare(repair: boolean, { fingerprint, counted }: CountsCheck): Promise<CountVerification> {
    const { table, domainId } = this;
    const state = await readCountsState(table, domainId);
    const differences = countDifferences(state, counted);
    if (fingerprintOf(state) !== fingerprint)
      return { ...NOTHING, differences, exact: differences.length === 0 };
    if (!repair || differences.length === 0) return { ...NOTHING, differences };
    const changes = differences.map(({ name, stored, actual }) => ({
      attribute: name,
      before: stored,
      after: actual,
    }));
    const audit = this.event('domain.updated', domainId, changes);
    const { auditRetentionDays } = this.options;
    const { snapshot } = state;
    const repaired = { snapshot, actual: counted, audit, auditRetentionDays };
    const isRepaired = await repairCounts(table, domainId, repaired);
    return {
      ...NOTHING,
      differences,
      repaired: isRepaired ? differences.length : 0,
      exact: isRepaired,
    };
  }

  private async verifyMembers(
    repair: boolean,
    afterGroup: string | null,
    isTimeUp: () => boolean,
  ): Promise<CountVerification> {
    const audit = repair ? this.memberCountEvent.bind(this) : undefined;
    const options = { ...this.options, isTimeUp, audit };
    const { next, ...verified } = await verifyGroups(this.table, this.domainId, afterGroup, options);
    const position = next === undefined ? ({ queue: 'entries', after: null } as const) : { afterGroup: next };
    return { ...NOTHING, ...verified, next: position };
  }

  private memberCountEvent({ group, stored, actual }: Omit<MemberCountDifference, 'isRepaired'>): AuditEvent {
    const changes = [{ attribute: 'memberCount', before: stored, after: actual }];
    const event = this.event('group.updated', group.id, changes);
    return { ...event, resourceName: resourceName(group.attributes.displayName) };
  }

  private async verifyQueue(
    repair: boolean,
    from: QueuePosition,
    isTimeUp: () => boolean,
  ): Promise<CountVerification> {
    const { table, domainId } = this;
    const audit = (change: AttributeChange) => this.event('domain.updated', domainId, [change]);
    const options = { ...this.options, isTimeUp, audit: repair ? audit : undefined };
    const verified = await verifyQueue(table, domainId, from, options);
    return { ...NOTHING, ...verified, next: verified.next ?? { mappings: null, wrong: false } };
  }

  private event(action: AuditAction, resourceId: string, changes: readonly AttributeChange[]): AuditEvent {
    const at = this.options.now().toISOString();
    return { id: newId(), at, action, resourceId, actor: this.actor, changes };
  }
}

const NOTHING = {
  ...{ checked: 0, differences: [], groups: [], queue: [], mappings: [] },
  ...{ repaired: 0, exact: true },
} as const;
