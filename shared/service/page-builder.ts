import type { Resource } from '../scim/resource';

/** Lambda answers with 6 MB at most; the envelope and the escapes of JSON in JSON need room too. */
const LONGEST_PAGE = 3_000_000;

/** Collects the resources of one page: at most `count` from number `startIndex` on, and no more than a response can hold. */
export class PageBuilder {
  readonly resources: Resource[] = [];
  /** How many were offered, in the page or not. */
  offered = 0;
  private length = 0;
  private full = false;

  constructor(
    private readonly startIndex: number,
    private readonly count: number,
  ) {}

  offer(resource: Resource): void {
    this.offered++;
    if (this.full || this.offered < this.startIndex || this.resources.length >= this.count) return;
    const length = JSON.stringify(resource).length;
    this.full = this.resources.length > 0 && this.length + length > LONGEST_PAGE;
    if (this.full) return;
    this.resources.push(resource);
    this.length += length;
  }
}
