import { changedValues } from '../../../portal/src/edits/changed-values';

it.each<[string, object, object]>([
  ['nothing if nothing differs', {}, {}],
  ['a text', { name: 'New' }, { name: 'New' }],
  ['a number that was removed', { seats: null }, { seats: null }],
  ['a number in place of none', { minutes: 0 }, { minutes: 0 }],
  ['a list with another order', { addresses: ['b', 'a'] }, { addresses: ['b', 'a'] }],
  ['no equal list', { addresses: ['a', 'b'] }, {}],
])('changedValues returns %s', (_, edited, changes) => {
  const before = { name: 'Old', seats: 5, minutes: null, addresses: ['a', 'b'] };
  expect(changedValues<object>({ ...before, ...edited }, before)).toEqual(changes);
});

it('changedValues returns a value that did not exist before', () => {
  const before: { readonly name: string; readonly title?: string } = { name: 'Ada' };
  expect(changedValues({ ...before, title: 'Engineer' }, before)).toEqual({ title: 'Engineer' });
});
