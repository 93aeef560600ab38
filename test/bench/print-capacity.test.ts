import type { OperationCost } from '../../bench/capacity';
import { capacityTable } from '../../bench/print-capacity';

it('shows the canceled attempts of each operation, and their write units', () => {
  const cost = (write: number, attempts: number): OperationCost => ({
    ...{ operation: 'create a user', read: 1, write },
    canceled: { attempts, write: 10 * attempts },
  });
  expect(capacityTable([cost(8, 0)], [cost(12, 2)]).split('\n')).toEqual([
    '| operation | DynamoDB Local: RCU | WCU | embedded engine: RCU | WCU | canceled attempts | their WCU |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| create a user | 1 | 8 | 1 | 12 | 2 | 20 |',
  ]);
});
