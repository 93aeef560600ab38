import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { unicodeTable } from '../unicode/unicode-table';

writeFileSync(path.join(__dirname, '../../shared/scim/text/unicode-table.ts'), unicodeTable());
