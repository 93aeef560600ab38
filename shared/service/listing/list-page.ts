import type { Resource } from '../../scim/resource';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ListSource } from './list-source';

/** A Lambda response has at most 6 MB, including the escapes of JSON within JSON. */
const MAX_PAGE_BYTES = 3_000_000;

/**
 * A page that is filled up to the size of a response. It may be shorter than requested (RFC 7644 §3.4.2.4).
 */
export class ListPage {
  readonly resources: Resource[] = [];
  private bytes = 0;
  private isFull: boolean;

  constructor(private readonly count: number) {
    this.isFull = count === 0;
  }

  /** The number of resources that the page still takes. 0 if it is full. */
  get remaining(): number {
    return this.isFull ? 0 : this.count - this.resources.length;
  }

  /**
   * Adds as many of the records as fit, and returns their number. If it is less than all, the page is full.
   */
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

  /**
   * Ends the page before a resource that is too large for a list. The request that starts with it is refused.
   */
  private untilTooLarge(source: ListSource, records: readonly ResourceRecord[]): readonly ResourceRecord[] {
    const end = records.findIndex(
      (record, index) => (index > 0 || this.resources.length > 0) && source.isTooLarge(record),
    );
    return end < 0 ? records : records.slice(0, end);
  }
}
