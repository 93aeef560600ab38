import { runCollection } from '../../collection/run';
import { exclusively } from '../support/system/exclusive';
import { session } from '../support/system/system';

it('the whole collection passes against the running system', async () => {
  const { code, output } = await exclusively('redrive', () => runCollection(session()));
  expect({ code, failures: output.split('\n').filter((line) => line.includes('✕')) }).toEqual({
    code: 0,
    failures: [],
  });
});
