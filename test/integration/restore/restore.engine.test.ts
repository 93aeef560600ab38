import { rmSync } from 'node:fs';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from '../../support/jest/start-system';
import { problemsOf } from '../../support/restore/problems';
import { rehearse } from '../../support/restore/rehearse';
import { fastDirectory } from '../../support/system/own-system';

const state = fastDirectory('scim-restore-');
const shared = process.env[STATE_DIRECTORY_VARIABLE];
afterAll(() => {
  process.env[STATE_DIRECTORY_VARIABLE] = shared;
  rmSync(state, { recursive: true, force: true });
});

// `npm run rehearsal:restore` does the same with more data.
it('a restored table is attached: consistent, without emails, with the same licenses, connections, and new events', async () => {
  const found = await rehearse({ assembly: systemAssembly(), state, domains: 1, users: 3 });
  expect(problemsOf(found)).toEqual([]);
  expect(Object.values(found.checks.before)).toEqual([
    expect.objectContaining({ status: 'active' }),
    expect.objectContaining({ status: 'active' }),
    expect.objectContaining({ status: 'inactive' }),
  ]);
});
