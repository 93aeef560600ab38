import { runCollection } from '../../collection/run';
import { session } from '../support/system/system';

it('passes from the first request to the last against the running system', async () => {
  const { code, output } = await runCollection(session());
  expect({ code, failures: output.split('\n').filter((line) => line.includes('✕')) }).toEqual({
    code: 0,
    failures: [],
  });
}, 120_000);
