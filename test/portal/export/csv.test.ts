import { csvFile, csvFileName } from '../../../portal/src/export/csv';

const linesOf = (file: string): string[] => file.replace('\ufeff', '').split('\r\n').slice(0, -1);

it('a file has a byte order mark, the titles, and one line for each row', () => {
  const file = csvFile(
    ['User', 'Licenses'],
    [
      ['Jane Doe', 3],
      [undefined, 0],
    ],
  );
  expect(file.startsWith('\ufeff')).toBe(true);
  expect(linesOf(file)).toEqual(['User,Licenses', 'Jane Doe,3', ',0']);
});

it.each([
  ['Doe, Jane', '"Doe, Jane"'],
  ['the "boss"', '"the ""boss"""'],
  ['two\nlines', '"two\nlines"'],
  ['Jürgen', 'Jürgen'],
])('quotes %j as %s', (value, cell) => {
  expect(csvFile(['x'], [[value]])).toBe(`\ufeffx\r\n${cell}\r\n`);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＠x'])(
  'a spreadsheet does not run %j as a formula',
  (value) => {
    const [, cell = ''] = linesOf(csvFile(['x'], [[value]]));
    expect(cell.replace(/^"/, '')).toBe(`'${value}${cell.startsWith('"') ? '"' : ''}`);
  },
);

it('a formula that needs quotes too has its apostrophe inside them', () => {
  const link = '=HYPERLINK("https://example.com","x")';
  expect(linesOf(csvFile(['x'], [[link]]))[1]).toBe(`"'${link.replaceAll('"', '""')}"`);
});

it('a negative number stays a number', () => {
  expect(linesOf(csvFile(['x'], [[-1]]))[1]).toBe('-1');
});

it.each([
  ['Example Inc Users', 'example-inc-users-2026-03-01.csv'],
  ['Größe / Übersicht', 'größe-übersicht-2026-03-01.csv'],
  ['../..', 'export-2026-03-01.csv'],
])('the file of %j is %s', (name, file) => {
  expect(csvFileName(name, new Date('2026-03-01T12:00:00Z'))).toBe(file);
});
