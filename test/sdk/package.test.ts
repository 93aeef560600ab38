import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as client from '../../sdk/src/index.ts';

const ROOT = path.join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'sdk/package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly version: string;
};
const service = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as typeof manifest;

const PRODUCT = `
import { FileStore, LeaseKeeper, verifyWebhook } from './dist/index.js';
const leases = new LeaseKeeper({ url: 'https://scim.example.com/license/v1', store: new FileStore('state') });
export async function userType(key: string): Promise<string | undefined> {
  const state = await leases.current(key);
  return state.status === 'active' ? state.lease.userType : undefined;
}
export async function receive(body: Uint8Array, headers: Headers, secret: string): Promise<boolean> {
  const { event } = verifyWebhook({ body, headers }, { secrets: [secret] });
  if (event.type === 'license.ended') console.log(event.data.userId);
  // @ts-expect-error Events of users have no status.
  if (event.type === 'user.deleted') console.log(event.data.status);
  return leases.apply(event);
}
`;

describe('the package of the client', () => {
  let directory: string;
  const tsc = (...options: string[]) =>
    execFileSync(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), ...options], {
      cwd: directory,
      encoding: 'utf8',
    });
  const inDirectory = (file: string) => path.join(directory, file);

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'sdk-'));
    symlinkSync(path.join(ROOT, 'node_modules'), inDirectory('node_modules'));
    writeFileSync(inDirectory('package.json'), JSON.stringify({ type: 'module' }));
    tsc('-p', path.join(ROOT, 'sdk'), '--outDir', inDirectory('dist'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('is an ES module that Node runs, with the same exports', () => {
    const script =
      "import * as client from './dist/index.js'; console.log(JSON.stringify(Object.keys(client)));";
    writeFileSync(inDirectory('main.js'), script);
    const names = execFileSync(process.execPath, ['main.js'], { cwd: directory, encoding: 'utf8' });
    expect((JSON.parse(names) as string[]).sort()).toEqual(Object.keys(client).sort());
  });

  it('has types with which a product compiles', () => {
    writeFileSync(inDirectory('product.ts'), PRODUCT);
    const options = '--noEmit --strict --module nodenext --target es2022 --types node'.split(' ');
    expect(tsc(...options, 'product.ts')).toBe('');
  });

  it('depends on jose alone, in the version that the tests use, and has the version of the service', () => {
    expect(manifest.dependencies).toEqual({ jose: service.dependencies.jose });
    expect(manifest.version).toBe(service.version);
  });
});
