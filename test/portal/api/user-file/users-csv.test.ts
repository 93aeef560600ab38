import * as fc from 'fast-check';
import { inEnglish } from '../../../../portal/src/api/user-file/in-english';
import { t } from '../../../../portal/src/api/user-file/messages';
import { assertFileSize, readUsersCsv, usersCsv } from '../../../../portal/src/api/user-file/users-csv';

const COLUMNS = ['userName', 'displayName', 'email', 'active'];
const read = (text: string) => readUsersCsv(text, COLUMNS, inEnglish);
const rowsOf = (text: string) => read(text).rows.map(({ values }) => values);

describe('a CSV file of users', () => {
  it.each([
    ['commas', 'userName,displayName\nada,Ada'],
    ['semicolons and line ends of Windows, as Excel writes them', 'userName;displayName\r\nada;Ada\r\n'],
    ['tabs', 'userName\tdisplayName\nada\tAda'],
    ['a byte order mark', '\ufeffuserName,displayName\nada,Ada\n'],
    ['columns in another order and case', 'DISPLAYNAME, Username\nAda,ada'],
    ['empty lines', 'userName,displayName\n\nada,Ada\n,\n\n'],
    ['line ends of Windows and others', 'userName,displayName\r\nada,Ada\n'],
    ['line ends of Windows in some rows', 'userName,displayName\nada,"Ada"\r\n'],
    ['line ends of old spreadsheets', 'userName,displayName\rada,Ada\r'],
    ['blank cells behind its columns', 'userName,displayName\nada,Ada, ,\n'],
  ])('may have %s', (_, text) => {
    expect(rowsOf(text)).toEqual([{ userName: 'ada', displayName: 'Ada' }]);
  });

  it('may have delimiters, line breaks, and quotation marks in quoted values', () => {
    expect(rowsOf('userName;displayName\nada;"Ada; ""the""\nCountess"\nbob;Bob')).toEqual([
      { userName: 'ada', displayName: 'Ada; "the"\nCountess' },
      { userName: 'bob', displayName: 'Bob' },
    ]);
  });

  it.each(['\r\n', '\r', '\n'])('keeps the line ends %j of quoted values', (lineEnd) => {
    const displayName = `Ada${lineEnd}Countess ""the 5"`;
    const quoted = `"${displayName.replaceAll('"', '""')}"`;
    expect(rowsOf(`userName,displayName\r\nada,${quoted}\nbob,5" Bob\r\n`)).toEqual([
      { userName: 'ada', displayName },
      { userName: 'bob', displayName: '5" Bob' },
    ]);
  });

  it('numbers its rows as a spreadsheet does', () => {
    expect(read('userName\nada\n\nbob').rows.map(({ row }) => row)).toEqual([2, 4]);
  });

  it('is read without its rows that contradict others, and with the reasons', () => {
    const { rows, refused } = read(
      'userName,email\nada,a@example.com\nADA,b@example.com\nbob,b@example.com,x\neve',
    );
    expect(rows.map(({ row }) => row)).toEqual([2]);
    expect(refused).toMatchObject([
      { row: 3, outcome: 'error', field: 'userName', detail: expect.stringContaining('Row 2') as string },
      { row: 4, outcome: 'error', detail: expect.stringContaining('3 and 2') as string },
      // Its address would be removed.
      { row: 5, outcome: 'error', detail: expect.stringContaining('1 and 2') as string },
    ]);
  });

  it('is refused by its size before it is read', () => {
    expect(() => assertFileSize(10_000_000, inEnglish)).not.toThrow();
    expect(() => assertFileSize(10_000_001, inEnglish)).toThrow('more than 10 MB');
  });

  it('has the same errors in the CLI and in the English portal', () => {
    const values = { column: 'shoeSize', columns: 'userName, email' };
    expect(inEnglish('unknownColumn', values)).toBe(t('unknownColumn', values));
    expect(inEnglish('fileWithoutUsers')).toBe(t('fileWithoutUsers'));
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
