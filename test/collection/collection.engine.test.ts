import { runCollection } from '../../collection/run';
import { session } from '../support/system/system';

it('the whole collection passes against the running system', async () => {
  const { code, output } = await runCollection(session());
  expect({ code, failures: output.split('\n').filter((line) => line.includes('✕')) }).toEqual({
    code: 0,
    failures: [],
  });
}, 120_000);
