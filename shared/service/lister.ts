import { ScimError } from '../scim/error';
import type { Filter } from '../scim/filter/ast';
import { compileFilter } from '../scim/filter/match';
import { planFilter, type LookupPlan } from '../scim/filter/plan';
import type { Resource } from '../scim/resource';
import type { ResourceType } from '../scim/resource-type';
import type { PageMarks } from '../store/page-marks';
import type { ResourceRecord } from '../store/resource-record';
import type { ResourceStore } from '../store/resource-store';
import type { ListQuery } from './list-query';
import type { Listing } from './resource-service';

export interface ListerOptions {
  readonly store: ResourceStore;
  readonly marks: PageMarks;
  readonly type: ResourceType;
  /** The resources of `records`, in their order, with all that the filter asks for. */
  readonly forMatching: (records: readonly ResourceRecord[], filter: Filter) => AsyncIterable<Resource>;
  /** The resources of `records` as the client wants them, one after the other: no more are taken than a response holds. */
  readonly show: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
  /** Of users: the members of a group. Of groups: those that a user belongs to. At most `limit` ids. */
  readonly idsByMembership: (id: string, limit: number) => Promise<string[]>;
  /** How many resources the domain has. */
  readonly total: () => Promise<number>;
  /** Both in milliseconds since the epoch: a search that is not done by `deadline` is given up. */
  readonly now: () => number;
  readonly deadline: number;
}

/** Items that a filter may look at; past it the client has to ask for something narrower. */
const BUDGET = 10_000;
const READ_AT_ONCE = 100;
const PAGE_AT_ONCE = 1_000;
/** Lambda answers with 6 MB at most, and the escapes of JSON within JSON need room too. */
const MOST_PAGE_BYTES = 3_000_000;

/** Lists resources: page by page without a filter, by look-up where the filter allows it, else by looking at all. */
export class Lister {
  constructor(private readonly options: ListerOptions) {}

  async list({ filter, startIndex, count }: ListQuery): Promise<Listing> {
    return filter ? this.search(filter, startIndex, count) : this.walk(startIndex, count);
  }

  /** Goes to `startIndex` from the nearest page mark, and leaves one where the next page begins. */
  private async walk(startIndex: number, count: number): Promise<Listing> {
    const { store, marks, now, total } = this.options;
    const totalResults = await total();
    if (count === 0 || startIndex > totalResults) return { resources: [], totalResults, startIndex };

    const mark = startIndex > 1 ? await marks.nearest(startIndex, now()) : undefined;
    let after = mark?.after;
    for (let skip = startIndex - (mark?.startIndex ?? 1); skip > 0;) {
      const { records, next } = await store.page(Math.min(skip, PAGE_AT_ONCE), after);
      skip -= records.length;
      after = next;
      if (!next && skip >= 0) return { resources: [], totalResults, startIndex };
    }
    const { records, next } = await store.page(count, after);
    const resources = await this.fit(records);
    const last = records[resources.length - 1];
    if (last && (next || resources.length < records.length)) {
      await marks.put({ startIndex: startIndex + resources.length, after: last.id }, now());
    }
    return { resources, totalResults, startIndex };
  }

  private async search(filter: Filter, startIndex: number, count: number): Promise<Listing> {
    const { type, forMatching, now, deadline } = this.options;
    const matches = compileFilter(filter, type);
    const found: ResourceRecord[] = [];
    let totalResults = 0;
    let examined = 0;
    for await (const records of this.candidates(planFilter(filter, type))) {
      examined += records.length;
      if (examined > BUDGET) throw tooManyCandidates();
      let at = 0;
      for await (const resource of forMatching(records, filter)) {
        if (now() > deadline) throw tooManyCandidates();
        const record = records[at++] as ResourceRecord;
        if (!matches(resource)) continue;
        totalResults++;
        if (totalResults >= startIndex && found.length < count) found.push(record);
      }
    }
    return { resources: await this.fit(found), totalResults, startIndex };
  }

  /** As many of the records as one response can hold: a page may be shorter than was asked for (RFC 7644 §3.4.2.4). */
  private async fit(records: readonly ResourceRecord[]): Promise<Resource[]> {
    const resources: Resource[] = [];
    let bytes = 0;
    for await (const resource of this.options.show(records)) {
      bytes += Buffer.byteLength(JSON.stringify(resource));
      if (resources.length > 0 && bytes > MOST_PAGE_BYTES) break;
      resources.push(resource);
    }
    return resources;
  }

  /** Records among which are all that the plan's filter can match, in the order of their ids. */
  private async *candidates(plan: LookupPlan): AsyncGenerator<readonly ResourceRecord[]> {
    const { store } = this.options;
    if (plan.kind === 'scan') {
      let after: string | undefined;
      do {
        const { records, next } = await store.page(PAGE_AT_ONCE, after);
        yield records;
        after = next;
      } while (after !== undefined);
      return;
    }
    const ids = [...new Set(await this.lookUp(plan))].sort();
    if (ids.length > BUDGET) throw tooManyCandidates();
    for (let at = 0; at < ids.length; at += READ_AT_ONCE)
      yield store.getMany(ids.slice(at, at + READ_AT_ONCE));
  }

  private async lookUp(plan: Exclude<LookupPlan, { kind: 'scan' }>): Promise<string[]> {
    const { store } = this.options;
    switch (plan.kind) {
      case 'nothing':
        return [];
      case 'ids':
        return [...plan.ids];
      case 'name': {
        const id = await store.idOfName(plan.name);
        return id === undefined ? [] : [id];
      }
      case 'externalId':
        return store.idsOfExternalId(plan.externalId, BUDGET + 1);
      case 'member':
      case 'group':
        return this.options.idsByMembership(plan.kind === 'member' ? plan.userId : plan.groupId, BUDGET + 1);
      case 'nameRange':
        return store.idsOfNames(plan, BUDGET + 1);
      case 'union':
        return (await Promise.all(plan.plans.map((part) => this.lookUp(part)))).flat();
    }
  }
}

const tooManyCandidates = (): ScimError =>
  ScimError.tooMany(
    'The filter would have to look at too many resources. ' +
      'Filter by id, userName, displayName or externalId, or add such a condition with "and".',
  );
