import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unicodeTable } from '../../../bin/unicode/unicode-table';

test('the table is that of the Unicode data; `npm run unicode:table` writes it', () => {
  const written = readFileSync(path.join(__dirname, '../../../shared/scim/text/unicode-table.ts'), 'utf8');
  expect(written).toBe(unicodeTable());
});
