import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import type { Table } from '../table/table';
import { readHeads, withTotals } from './group-heads';

/** The number of spread groups of a page whose heads are read at the same time. */
const CONCURRENT_READS = 20;

/** Reads the groups of one domain for lists. Versions and numbers of members include those of the heads. */
export class GroupRecords extends ResourceStore {
  constructor(table: Table, domainId: string) {
    super(table, domainId, 'GROUP');
  }

  override async complete(records: readonly ResourceRecord[]): Promise<readonly ResourceRecord[]> {
    const complete = [...records];
    const spread = [...complete.keys()].filter((at) => complete[at]?.headCount !== undefined);
    for (let first = 0; first < spread.length; first += CONCURRENT_READS) {
      await Promise.all(
        spread.slice(first, first + CONCURRENT_READS).map(async (at) => {
          const group = complete[at] as ResourceRecord;
          complete[at] = withTotals({
            ...group,
            heads: await readHeads(this.table, this.domainId, group.id),
          });
        }),
      );
    }
    return complete;
  }
}
