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

/** The bundle directories of the running system's functions, by entry. */
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

it('every file in lambdas/ has a bundle', () => {
  expect([...FOLDERS.keys()].sort()).toEqual([...ENTRIES].sort());
});

it('the bundles are self-contained ES modules that export the handler', () => {
  const urls = ENTRIES.map((entry) => pathToFileURL(bundleOf(entry)).href);
  const program = `
    const modules = await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    process.stdout.write(JSON.stringify(modules.map(({ handler }) => typeof handler)));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH },
  });
  expect(JSON.parse(printed.toString())).toEqual(ENTRIES.map(() => 'function'));
});

// The admin function is larger: it contains the OpenAPI document, the clients of four more services, and what verifies
// names.
it.each(ENTRIES)('the bundle %s is small and has a separate source map', (entry) => {
  expect(readdirSync(path.dirname(bundleOf(entry)))).toEqual(
    expect.arrayContaining(['index.mjs', 'index.mjs.map']),
  );
  expect(statSync(bundleOf(entry)).size).toBeLessThan(entry === 'admin' ? 1_100_000 : 700_000);
  expect(readFileSync(bundleOf(entry), 'utf8')).not.toContain('sourceMappingURL=data:');
});
