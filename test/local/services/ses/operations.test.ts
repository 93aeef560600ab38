import { mailOperations } from '../../../../local/services/ses/operations';
import { SesAccount } from '../../../../local/services/ses/account';
import { PlannedFaults } from '../../../../local/services/ses/faults';

const faults = new PlannedFaults();
const operations = mailOperations({ account: new SesAccount(), faults });
const call = (name: string, query = '') =>
  operations[name]?.({
    caller: { name: 'host' },
    query: new URLSearchParams(query),
    parameters: [],
    input: {},
  });

it('plans, lists and removes faults', () => {
  call('POST ses-faults', 'fault=Throttling&times=3&to=jane');
  call('POST ses-faults', 'fault=silent');
  expect(call('GET ses-faults')).toEqual([
    { fault: 'Throttling', to: 'jane', times: 3 },
    { fault: 'silent', to: '', times: 1 },
  ]);
  expect(call('DELETE ses-faults')).toEqual([]);
});

it('changes some settings of the account, and keeps the others', () => {
  expect(call('POST ses-account', 'sandbox=true')).toMatchObject({
    sandbox: true,
    paused: false,
    verified: true,
  });
  expect(call('POST ses-account', 'sandbox=false&verified=false')).toMatchObject({
    sandbox: false,
    paused: false,
    verified: false,
  });
});

it.each([
  ['POST ses-faults', 'fault=Sunspots'],
  ['POST ses-faults', 'fault=silent&times=0'],
  ['POST ses-account', 'sandbox=perhaps'],
  ['POST ses-account', 'unknown=true'],
])('%s refuses %s', (name, query) => {
  expect(() => call(name, query)).toThrow();
});
