import { RESOURCE_BATCH_SIZE } from '../../../shared/store/sweep/domain-sweep';
import { deletedDomainKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { DomainToSweep } from '../../support/store/domain-to-sweep';
import { readItem } from '../../support/store/records';

let table: Table;
let domain: DomainToSweep;

beforeAll(async () => {
  // No function reads the stream of this table, so only the tests sweep.
  table = await createTable();
});
beforeEach(async () => {
  domain = await DomainToSweep.create(table);
});

describe('sweepDomain', () => {
  it('continues after a crash before any of its steps, and leaves nothing', async () => {
    const users = await domain.createUsers(RESOURCE_BATCH_SIZE + 2);
    await domain.fill(users[0]!, await domain.createGroup(users.slice(0, 20)));
    await domain.delete();
    for (let steps = 0; ; steps++) {
      let started = 0;
      const crashing = () => (++started > 1 ? Promise.reject(new Error('crashed')) : Promise.resolve());
      const result = await domain.sweep({ sleep: crashing }).catch((error: Error) => error.message);
      if (result !== 'crashed') break;
      expect(steps).toBeLessThan(30);
    }
    expect(await domain.remainingItems()).toHaveLength(4);
  });

  it('stops when the time is up', async () => {
    await domain.createUser();
    await domain.delete();
    let checks = 0;
    expect((await domain.sweep({ isTimeUp: () => ++checks > 1 })).outcome).toBe('unfinished');
    expect(await readItem(table, deletedDomainKey(domain.domainId))).not.toHaveProperty('sweptAt');
    expect((await domain.sweep()).outcome).toBe('swept');
  });

  it('can run three times at the same time', async () => {
    const users = await domain.createUsers(5);
    await domain.fill(users[0]!, await domain.createGroup(users));
    await domain.delete();
    const sweeps = await Promise.all([domain.sweep(), domain.sweep(), domain.sweep()]);
    expect(sweeps.map(({ outcome }) => outcome)).toEqual(['swept', 'swept', 'swept']);
    expect(await domain.remainingItems()).toHaveLength(4);
  });
});
