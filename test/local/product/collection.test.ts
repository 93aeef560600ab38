import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeCollectionVariables } from '../../../local/product/collection';
import type { Session } from '../../../local/product/session';

const ENVIRONMENT = path.join(__dirname, '../../../collection/environments/local.bru');

const session = {
  baseUrl: 'http://127.0.0.1:3000/scim/v2',
  scimKey: 'scim_key',
  licenseCheckUrl: 'http://127.0.0.1:3003/license/v1/check',
  adminUrl: 'http://127.0.0.1:3004/admin/v1',
  adminToken: 'scim_admin_token',
  mailUrl: 'http://127.0.0.1:3001',
} as Session;

let directory: string;
beforeAll(() => (directory = mkdtempSync(path.join(tmpdir(), 'collection-'))));
afterAll(() => rmSync(directory, { recursive: true }));

it('writes all variables of the environment local to a file that only its owner can read', () => {
  const file = path.join(directory, 'collection.env');
  writeCollectionVariables(session, file);
  const variables = Object.fromEntries(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=')),
  ) as Record<string, string>;
  const values = readFileSync(ENVIRONMENT, 'utf8')
    .match(/^ {2}.*$/gm)
    ?.map((line) =>
      line.trim().replace(/\{\{process\.env\.(\w+)\}\}/, (_, name: string) => variables[name] ?? ''),
    );
  expect(values).toEqual([
    'scimUrl: http://127.0.0.1:3000/scim/v2',
    'scimKey: scim_key',
    'licenseUrl: http://127.0.0.1:3003/license/v1',
    'adminUrl: http://127.0.0.1:3004/admin/v1',
    'adminToken: scim_admin_token',
    'mailUrl: http://127.0.0.1:3001',
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
