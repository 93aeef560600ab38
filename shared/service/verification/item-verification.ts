import type { Actor } from '../../store/audit/audit';
import type { ItemKey } from '../../store/table/keys';
import type { Table } from '../../store/table/table';
import { subjectOf } from './items/checks-of-item';
import {
  FIRST_SECTION,
  partitionPage,
  scannedPage,
  type ItemPage,
  type ItemPosition,
} from './items/item-pages';
import { ChunkVerifier, type ItemProblem } from './items/chunk-verifier';

/** The result of a part of a verification. */
export interface ItemVerification {
  readonly checked: number;
  readonly problems: readonly ItemProblem[];
  readonly repaired: number;
  /** The read units that this part has consumed. */
  readonly readUnits: number;
  /** The place of the next part; absent at the end. */
  readonly next?: ItemPosition;
}

export interface ItemVerificationOptions {
  readonly auditRetentionDays: number;
  /** Returns the read units that this process has consumed. */
  readonly readUnits: () => number;
  readonly now?: () => Date;
  /** Milliseconds after which a part ends. */
  readonly partMs?: number;
}

export interface ItemVerificationRequest {
  readonly repair: boolean;
  /**
   * True to read the whole table. Otherwise, only the partitions of the domain that have a list of their
   * items are read.
   */
  readonly scan: boolean;
  /** The part ends when it has consumed this many read units. */
  readonly maxReadUnits?: number;
  readonly from?: ItemPosition;
}

/** The items that are verified at once. */
const CHUNK_SIZE = 250;
/** A part ends after this number of problems, so that a response stays small. */
const MAX_PROBLEMS = 200;

/**
 * Verifies the items of a domain, or of the deployment with all its domains, part by part: each item is
 * compared with those that it depends on. It holds one page in memory, and may stop after any part, start
 * again, and run twice at once.
 */
export class ItemVerifier {
  constructor(
    private readonly table: Table,
    private readonly domainId: string | undefined,
    private readonly actor: Actor,
    private readonly options: ItemVerificationOptions,
  ) {}

  async verify({
    repair,
    scan,
    maxReadUnits = Infinity,
    from,
  }: ItemVerificationRequest): Promise<ItemVerification> {
    const { auditRetentionDays, readUnits, now = () => new Date(), partMs = 8_000 } = this.options;
    const [began, endsAt] = [readUnits(), now().getTime() + partMs];
    const consumed = () => readUnits() - began;
    const problems: ItemProblem[] = [];
    const mustStop = (more = 0) =>
      now().getTime() >= endsAt || consumed() >= maxReadUnits || problems.length + more >= MAX_PROBLEMS;
    let checked = 0;
    let position: ItemPosition | undefined = from ?? (scan ? { scanAfter: null } : FIRST_SECTION);
    do {
      const page: ItemPage = await this.page(position);
      let rest = page.items.flatMap((item) => {
        const subject = subjectOf(item);
        return subject && this.isWanted(subject.scope) ? { item, subject } : [];
      });
      while (rest.length > 0) {
        const { table, actor } = this;
        const verifier = new ChunkVerifier({ table, actor, repair, now: now(), auditRetentionDays });
        const result = await verifier.verify(rest.slice(0, CHUNK_SIZE), (found) => mustStop(found));
        problems.push(...result.problems);
        const done = result.last ? indexOf(rest, result.last) + 1 : Math.min(CHUNK_SIZE, rest.length);
        const last = rest[done - 1];
        checked += done;
        rest = rest.slice(done);
        if (rest.length > 0 && last && mustStop()) {
          position = positionAfter(position, last.item);
          return this.result(problems, { checked, readUnits: consumed(), next: position });
        }
      }
      position = page.next;
    } while (position && !mustStop());
    return this.result(problems, { checked, readUnits: consumed(), next: position });
  }

  private result(
    problems: readonly ItemProblem[],
    { readUnits, next, ...rest }: Pick<ItemVerification, 'checked' | 'readUnits' | 'next'>,
  ): ItemVerification {
    return {
      ...{ ...rest, problems },
      repaired: problems.filter(({ state }) => state === 'repaired').length,
      readUnits: Math.round(readUnits * 10) / 10,
      ...(next && { next }),
    };
  }

  private isWanted(scope: string): boolean {
    return this.domainId === undefined || scope === this.domainId;
  }

  private page(position: ItemPosition): Promise<ItemPage> {
    if ('scanAfter' in position) return scannedPage(this.table, this.domainId, position.scanAfter);
    if (this.domainId === undefined) return Promise.resolve({ items: [] });
    return partitionPage(this.table, this.domainId, position);
  }
}

const indexOf = (items: readonly { readonly item: ItemKey }[], { pk, sk }: ItemKey): number =>
  items.findIndex(({ item }) => item.pk === pk && item.sk === sk);

/** Returns the place after an item of the page at a position. */
const positionAfter = (position: ItemPosition, { pk, sk }: ItemKey): ItemPosition =>
  'scanAfter' in position ? { scanAfter: { pk, sk } } : { ...position, after: sk };
