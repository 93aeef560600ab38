import * as fc from 'fast-check';
import { readUsersCsv, usersCsv } from '../../../../portal/src/api/user-file/users-csv';

const COLUMNS = ['userName', 'displayName', 'email', 'active'];
const read = (text: string) => readUsersCsv(text, COLUMNS);
const rowsOf = (text: string) => read(text).rows.map(({ values }) => values);

describe('a CSV file of users', () => {
  it.each([
    ['commas', 'userName,displayName\nada,Ada'],
    ['semicolons and line ends of Windows, as Excel writes them', 'userName;displayName\r\nada;Ada\r\n'],
    ['tabs', 'userName\tdisplayName\nada\tAda'],
    ['a byte order mark', '\ufeffuserName,displayName\nada,Ada\n'],
    ['columns in another order and case', 'DISPLAYNAME, Username\nAda,ada'],
    ['empty lines', 'userName,displayName\n\nada,Ada\n,\n\n'],
  ])('may have %s', (_, text) => {
    expect(rowsOf(text)).toEqual([{ userName: 'ada', displayName: 'Ada' }]);
  });

  it('may have delimiters, line breaks, and quotation marks in quoted values', () => {
    expect(rowsOf('userName;displayName\nada;"Ada; ""the""\nCountess"\nbob;Bob')).toEqual([
      { userName: 'ada', displayName: 'Ada; "the"\nCountess' },
      { userName: 'bob', displayName: 'Bob' },
    ]);
  });

  it('numbers its rows as a spreadsheet does', () => {
    expect(read('userName\nada\n\nbob').rows.map(({ row }) => row)).toEqual([2, 4]);
  });

  it('is read without its rows that contradict others, and with the reasons', () => {
    const { rows, refused } = read(
      'userName,email\nada,a@example.com\nADA,b@example.com\nbob,b@example.com,x',
    );
    expect(rows.map(({ row }) => row)).toEqual([2]);
    expect(refused).toMatchObject([
      { row: 3, outcome: 'error', field: 'userName', detail: expect.stringContaining('Row 2') as string },
      { row: 4, outcome: 'error', detail: expect.stringContaining('3 cells') as string },
    ]);
  });

  it.each([
    ['an unknown column', 'userName,shoeSize\nada,44', /"shoeSize".*There are userName, displayName/],
    ['a column twice', 'userName,email,Email\nada,a,b', /"email" twice/],
    ['no userName', 'email\na@example.com', /no column "userName"/],
    ['no rows', 'userName\n\n', /no users/],
    ['other bytes than UTF-8', 'userName\nJ\ufffdrg', /not UTF-8/],
    ['a quotation mark that is not closed', 'userName\n"ada', /not closed/],
    ['too many rows', `userName\n${'a\n'.repeat(20_001)}`, /limit is 20000/],
    ['too many bytes', `userName\n${'é'.repeat(5_000_001)}`, /more than 10 MB/],
  ])('is refused if it has %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('contains no formula, and has the same values after an export and an import', () => {
    expect(usersCsv(['userName'], [{ userName: '=1+1' }, { userName: "'@x" }, { userName: '＝1' }])).toBe(
      "userName\n'=1+1\n''@x\n'＝1\n",
    );
    const text = fc.string({ unit: fc.constantFrom(...'a=+-@\'"\t,;\n é') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (names) => {
        const rows = names.map((displayName, at) => ({ ...NOBODY, userName: `user${at}`, displayName }));
        expect(rowsOf(usersCsv(COLUMNS, rows))).toEqual(rows);
      }),
    );
  });
});

const NOBODY = { email: '', active: 'true' };
