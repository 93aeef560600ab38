import { pageMarkKey } from '../table/keys';
import { map, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Position } from './position';

/**
 * The start of a page of a listing: the page begins after the record at `after`, which has the number
 * `startIndex - 1`.
 */
export interface PageMark {
  readonly startIndex: number;
  readonly after: Position;
}

const LIFETIME_SECONDS = 600;

/** Stores where pages begin, so that a client that pages by `startIndex` reads each item once. */
export class PageMarks {
  /** `listing` identifies the kind and the order of the listed resources, e.g. `USER`. */
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly listing: string,
  ) {}

  /** Returns the last mark at or before `startIndex`. */
  async nearest(startIndex: number, now: Date): Promise<PageMark | undefined> {
    const { pk, sk } = pageMarkKey(this.domainId, this.listing, startIndex);
    const { items } = await this.table.query({
      pk,
      sortKey: { operator: '<=', value: sk },
      filter: { expression: '#ttl > :now', values: { now: secondsOf(now) } },
      descending: true,
      limit: 1,
    });
    const [mark] = items;
    return mark && { startIndex: Number(text(mark, 'sk')), after: map(mark, 'after', readPosition) };
  }

  async put({ startIndex, after }: PageMark, now: Date): Promise<void> {
    const ttl = secondsOf(now) + LIFETIME_SECONDS;
    await this.table.put({ ...pageMarkKey(this.domainId, this.listing, startIndex), after, ttl });
  }
}

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);

function readPosition(position: Item): Position {
  const nameKey = optionalText(position, 'nameKey');
  return { id: text(position, 'id'), ...(nameKey !== undefined && { nameKey }) };
}
