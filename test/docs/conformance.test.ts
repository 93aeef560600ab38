import { NumberedRows } from '../support/docs/numbered-rows';

const document = new NumberedRows('conformance.md');
const rows = document.rows.map(({ number, cells: [requirement = '', met = '', shownBy = ''] }) => ({
  ...{ number, requirement, met, shownBy },
}));

it.each(['M', 'I'])('numbers the requirements %s without a gap', (letter) => document.expectNumbers(letter));

it.each(rows)('$number, "$requirement", has a test or a reason', ({ met, shownBy }) => {
  expect(['yes', 'partly', 'no', 'vendor', 'client']).toContain(met);
  expect(shownBy.length).toBeGreaterThan(0);
  if (met === 'yes') expect(document.namesIn(shownBy).length).toBeGreaterThan(0);
});

it('names tests that exist', () => document.expectTests());
