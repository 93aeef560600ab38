import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadAssembly } from '../../local/cloud/template/assembly';
import { systemAssembly } from '../support/jest/start-system';

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Environment?: { readonly Variables: { readonly POWERTOOLS_SERVICE_NAME?: string } };
}

const ENTRIES = readdirSync(path.join(__dirname, '../../lambdas')).map((file) => path.basename(file, '.ts'));

/** Where the assembly that the system runs has the bundle of each of its functions. */
const FOLDERS = new Map(
  loadAssembly(systemAssembly()).flatMap(({ template, assets }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .flatMap(({ Properties }) => {
        const { Code, Environment } = Properties as unknown as FunctionProperties;
        const entry = Environment?.Variables.POWERTOOLS_SERVICE_NAME;
        return entry ? [[entry, assets.get(path.basename(Code.S3Key, '.zip')) ?? ''] as const] : [];
      }),
  ),
);

const bundleOf = (entry: string): string => path.join(FOLDERS.get(entry) ?? '', 'index.mjs');

it('there is a bundle for each file in lambdas/', () => {
  expect([...FOLDERS.keys()].sort()).toEqual([...ENTRIES].sort());
});

it('the bundles are ES modules that need nothing beside them and export the handler', () => {
  const urls = ENTRIES.map((entry) => pathToFileURL(bundleOf(entry)).href);
  const program = `
    const modules = await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    process.stdout.write(JSON.stringify(modules.map(({ handler }) => typeof handler)));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH },
  });
  expect(JSON.parse(printed.toString())).toEqual(ENTRIES.map(() => 'function'));
});

// The document of the admin API is in its function, and clients of four services more.
it.each(ENTRIES)('the bundle %s is small, and has its source map beside it', (entry) => {
  expect(readdirSync(path.dirname(bundleOf(entry)))).toEqual(
    expect.arrayContaining(['index.mjs', 'index.mjs.map']),
  );
  expect(statSync(bundleOf(entry)).size).toBeLessThan(entry === 'admin' ? 800_000 : 700_000);
  expect(readFileSync(bundleOf(entry), 'utf8')).not.toContain('sourceMappingURL=data:');
});
