import { failedItems } from '../../../../local/services/event-source-mappings/item-failures';

const failures = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

it.each<[string, unknown, number[] | 'all']>([
  ['the reported items', failures('b', 'c'), [1, 2]],
  ['nothing of an empty list', failures(), []],
  ['nothing of a response without a list', {}, []],
  ['nothing of an empty response', null, []],
  ['everything of an unknown identifier', failures('b', 'x'), 'all'],
  ['everything of an empty identifier', failures(''), 'all'],
  ['everything of a malformed response', { batchItemFailures: 'b' }, 'all'],
])('fails %s', (_, response, expected) => {
  expect(failedItems(response, ['a', 'b', 'c'])).toEqual(expected);
});
