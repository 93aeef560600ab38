import { NumberedRows } from '../support/docs/numbered-rows';

const document = new NumberedRows('threats.md');
const rows = document.rows.map(({ number, cells: [kind = '', threat = '', shownBy = ''] }) => ({
  ...{ number, kind, threat, shownBy },
}));

it('numbers the threats without a gap', () => document.expectNumbers('T'));

it.each(rows)('$number, "$threat", has a kind and a test', ({ kind, shownBy }) => {
  expect('STRIDE').toContain(kind);
  expect(kind).toHaveLength(1);
  expect(document.namesIn(shownBy)).not.toEqual([]);
});

it('names tests that exist', () => document.expectTests());
