import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ApiDocument, apiTypes } from '../portal/api-types';

const document = path.join(__dirname, '../../docs/admin-api.openapi.json');
writeFileSync(
  path.join(__dirname, '../../portal/src/api/schema.ts'),
  apiTypes(JSON.parse(readFileSync(document, 'utf8')) as ApiDocument),
);
