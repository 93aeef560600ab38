import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ALLOWED_IMPORTS, FORBIDDEN_IMPORTS } from './forbidden-imports';

const ROOT = path.join(__dirname, '../..');
const CRUISER = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const CONFIG = path.join(ROOT, '.dependency-cruiser.mjs');

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

let directory: string;
let violations: Violation[];

/**
 * Writes a tree that contains nothing but the given imports, and returns what lint's configuration says about
 * it.
 */
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'scim-architecture-'));
  const imports = [...FORBIDDEN_IMPORTS, ...ALLOWED_IMPORTS];
  imports.forEach(([from, to], at) => {
    if (isFile(to)) write(to, 'export {};\n');
    write(numbered(from, at), `import '${isFile(to) ? relative(from, to) : to}';\n`);
  });
  write('shared/service/users/first.ts', "import './second';\n");
  write('shared/service/users/second.ts', "import type {} from './first';\n");
  violations = await cruise(directory);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

it.each(FORBIDDEN_IMPORTS.map((each, at) => [...each, at] as const))(
  '%s may not import %s',
  (from, _to, at) => {
    expect(refusedBy(numbered(from, at))).toEqual(['not-in-allowed']);
  },
);

it.each(ALLOWED_IMPORTS.map((each, at) => [...each, FORBIDDEN_IMPORTS.length + at] as const))(
  '%s may import %s',
  (from, _to, at) => {
    expect(refusedBy(numbered(from, at))).toEqual([]);
  },
);

it('two files may not import each other, types included', () => {
  expect(refusedBy('shared/service/users/first.ts')).toEqual(['no-cycles']);
});

const refusedBy = (file: string): string[] =>
  violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

const isFile = (to: string): boolean => /\.tsx?$/.test(to);

/** Each import has a file of its own, so that its refusal can be told from the others. */
const numbered = (file: string, at: number): string => file.replace('probe', `probe-${at}`);

function relative(from: string, to: string): string {
  const target = path.posix.relative(path.posix.dirname(from), to).replace(/\.tsx?$/, '');
  return target.startsWith('.') ? target : `./${target}`;
}

function write(file: string, text: string): void {
  const target = path.join(directory, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Exits with the number of violations, so that a failure of the command is expected. */
async function cruise(cwd: string): Promise<Violation[]> {
  const argv = [CRUISER, '--config', CONFIG, '--output-type', 'json', '.'];
  const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, argv, options).catch(
    (error: { stdout: string }) => error,
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations;
}
