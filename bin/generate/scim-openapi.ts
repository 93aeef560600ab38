import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { scimDocument } from '../openapi/scim-document';

/** Writes docs/scim-api.openapi.json. */
async function write(): Promise<void> {
  const text = await format(JSON.stringify(scimDocument()), { parser: 'json', printWidth: 110 });
  writeFileSync(path.join(__dirname, '../../docs/scim-api.openapi.json'), text);
}

void write();
