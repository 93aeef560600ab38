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
import { PageBuilder } from './page-builder';
import type { Listing } from './resource-service';

export interface ListerOptions {
  readonly store: ResourceStore;
  readonly marks: PageMarks;
  readonly type: ResourceType;
  readonly view: (records: readonly ResourceRecord[]) => Promise<Resource[]>;
  /** Of users: the members of a group. Of groups: those that a user belongs to. At most `limit` ids. */
  readonly idsByMembership: (id: string, limit: number) => Promise<string[]>;
  /** How many resources the domain has. */
  readonly total: () => Promise<number>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Items that a filter may look at; past it the client has to ask for something narrower. */
const BUDGET = 10_000;
const READ_AT_ONCE = 100;
const PAGE_AT_ONCE = 1_000;

/** Lists resources: page by page without a filter, by look-up where the filter allows it, else by looking at all. */
export class Lister {
  constructor(private readonly options: ListerOptions) {}

  async list({ filter, startIndex, count }: ListQuery): Promise<Listing> {
    return filter ? this.search(filter, startIndex, count) : this.walk(startIndex, count);
  }

  /** Goes to `startIndex` from the nearest page mark, and leaves one where the next page begins. */
  private async walk(startIndex: number, count: number): Promise<Listing> {
    const { store, marks, view, now, total } = this.options;
    const totalResults = await total();
    if (count === 0 || startIndex > totalResults) return { resources: [], totalResults, startIndex };

    const mark = startIndex > 1 ? await marks.nearest(startIndex, now()) : undefined;
    let after = mark?.after;
    for (let skip = startIndex - (mark?.startIndex ?? 1); skip > 0;) {
      const { records, next } = await store.page(Math.min(skip, PAGE_AT_ONCE), after);
      skip -= records.length;
      after = records.at(-1)?.id;
      if (!next && skip >= 0) return { resources: [], totalResults, startIndex };
    }
    const { records, next } = await store.page(count, after);
    const page = new PageBuilder(1, count);
    for (const resource of await view(records)) page.offer(resource);
    const last = records[page.resources.length - 1];
    if (last && (next || page.resources.length < records.length)) {
      await marks.put({ startIndex: startIndex + page.resources.length, after: last.id }, now());
    }
    return { resources: page.resources, totalResults, startIndex };
  }

  private async search(filter: Filter, startIndex: number, count: number): Promise<Listing> {
    const { type, view } = this.options;
    const matches = compileFilter(filter, type);
    const page = new PageBuilder(startIndex, count);
    let examined = 0;
    for await (const records of this.candidates(planFilter(filter, type))) {
      examined += records.length;
      if (examined > BUDGET) throw tooManyCandidates();
      for (const resource of await view(records)) if (matches(resource)) page.offer(resource);
    }
    return { resources: page.resources, totalResults: page.offered, startIndex };
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
        return store.idsOfExternalId(plan.externalId);
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
    `The filter would have to look at more than ${BUDGET} resources. ` +
      'Filter by id, userName, displayName or externalId, or add such a condition with "and".',
  );
