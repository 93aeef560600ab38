import type { Resource } from '../../scim/resource';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ListSource } from './list-source';

/** Lambda answers with 6 MB at most, and the escapes of JSON within JSON need room too. */
const MAX_PAGE_BYTES = 3_000_000;

/** A page that is being filled, with as much as a response can hold: it may be shorter than was asked for (RFC 7644 §3.4.2.4). */
export class ListPage {
  readonly resources: Resource[] = [];
  private bytes = 0;
  private isFull: boolean;

  constructor(private readonly count: number) {
    this.isFull = count === 0;
  }

  /** How many more resources are wanted; 0 once the page is full. */
  get remaining(): number {
    return this.isFull ? 0 : this.count - this.resources.length;
  }

  /** Adds the first of the records and says how many; where it is fewer than all of them, the page is full. */
  async add(source: ListSource, records: readonly ResourceRecord[]): Promise<number> {
    const before = this.resources.length;
    const fitting = this.untilTooLarge(source, records.slice(0, this.remaining));
    for await (const resource of source.show(fitting)) {
      this.bytes += Buffer.byteLength(JSON.stringify(resource));
      if (this.resources.length > 0 && this.bytes > MAX_PAGE_BYTES) break;
      this.resources.push(resource);
    }
    const taken = this.resources.length - before;
    this.isFull ||= taken < records.length || this.resources.length === this.count;
    return taken;
  }

  /** A resource that is too large for a list is refused alone, and left to the next page behind others. */
  private untilTooLarge(source: ListSource, records: readonly ResourceRecord[]): readonly ResourceRecord[] {
    const end = records.findIndex(
      (record, at) => (at > 0 || this.resources.length > 0) && source.isTooLarge(record),
    );
    return end < 0 ? records : records.slice(0, end);
  }
}
