import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { callJson } from '../../bin/portal/example-data';
import { COLLECTION } from '../../bin/collection/collection-files';
import { session } from '../support/system/system';
import { newDomainWithOwner, openPath, thirdPartyOrigins, useBrowser } from './browser';

const { openAs } = useBrowser();

let directory: string;
beforeAll(() => (directory = mkdtempSync(path.join(tmpdir(), 'scim-collection-'))));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs Bruno in a folder, as an administrator does. */
function runBruno(folder: string, ...options: string[]): Promise<{ code: number | null; output: string }> {
  const cli = require.resolve('@usebruno/cli/bin/bru.js');
  const bru = spawn(process.execPath, [cli, 'run', ...options], { cwd: folder });
  let output = '';
  for (const stream of [bru.stdout, bru.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => bru.on('close', (code) => resolve({ code, output })));
}

test('the SCIM collection that an owner downloads has the base URL, has no key, and runs', async () => {
  const { domainId, owner } = await newDomainWithOwner('Collection Ltd');
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  await openPath(opened, `/domains/${domainId}/settings/scim`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download collection' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('scim-collection.zip');
  await page.getByText('The collection was downloaded.').waitFor({ state: 'attached' });
  expect(consoleErrors).toEqual([]);
  expect(thirdPartyOrigins(opened)).toEqual([]);
  const zip = path.join(directory, 'scim-collection.zip');
  await download.saveAs(zip);
  await context.close();

  const files = unzipSync(readFileSync(zip));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(directory, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(directory, name), content);
  }
  const folder = path.join(directory, 'scim-collection');
  const scimFiles = (root: string) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(scim|clean-up)\//.test(file) && file.endsWith('.bru'))
      .sort();
  expect(scimFiles(folder)).toEqual(scimFiles(COLLECTION));
  const texts = Object.values(files)
    .map((content) => strFromU8(content))
    .join('\n');
  expect(texts).toContain(`scimUrl: ${session().baseUrl}`);
  expect(texts).not.toContain('adminUrl');
  expect(texts).not.toMatch(/scim_[0-9a-f]{8}-/);

  const keys = `${session().adminUrl}/domains/${domainId}/keys`;
  const { token } = await callJson<{ token: string }>(keys, session().adminToken, 'POST', { name: 'Bruno' });
  const { code, output } = await runBruno(folder, '--env', 'scim', '--env-var', `scimKey=${token}`);
  expect({ code, failures: output.split('\n').filter((line) => line.includes('✕')) }).toEqual({
    code: 0,
    failures: [],
  });
  expect(output).toContain(
    `${scimFiles(folder).filter((file) => !file.endsWith('folder.bru')).length} Passed`,
  );
  const { counts } = await callJson<{ counts: object }>(
    `${session().adminUrl}/domains/${domainId}`,
    session().adminToken,
    'GET',
  );
  expect(counts).toMatchObject({ users: 0, groups: 0 });
});
