import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashOfInputs, INPUTS, isUpToDate, noteInputs } from '../../../../local/cloud/template/synth-inputs';
import { importedFiles, isIn } from '../../../support/sources/imported-files';

const CONTEXT = { stage: 'local', account: '000000000000', region: 'us-east-1' };

let root: string;
let output: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scim-synth-inputs-'));
  output = join(root, 'cdk.out');
  write('package-lock.json', '{}');
  write('lib/stacks/stack.ts', 'one');
  write('settings/local.json', '{"mailTemplates":"mail"}');
  write('mail/en/subject.txt', 'Your key');
  write('cdk.out/manifest.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const hash = (context: Record<string, string> = CONTEXT): string => hashOfInputs(root, context);

describe('the inputs of a synthesis', () => {
  it('contain each file that the CDK app imports', async () => {
    const files = await importedFiles('bin/app.ts');
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !isIn(file, INPUTS))).toEqual([]);
  });

  it.each([
    ['a source', 'lib/stacks/stack.ts', 'two'],
    ['a new source', 'shared/other.ts', 'new'],
    ['the lock file', 'package-lock.json', '{"a":1}'],
    ['a setting', 'settings/local.json', '{"mailTemplates":"mail","logLevel":"DEBUG"}'],
    ['a document, which the help pages contain', 'docs/local.md', '# Local'],
    ['a request that the portal offers as a download', 'collection/scim/get.bru', 'get {}'],
    ['an email template outside of the sources', 'mail/en/subject.txt', 'A key'],
  ])('change with %s', (_, path, content) => {
    const before = hash();
    write(path, content);
    expect(hash()).not.toBe(before);
  });

  it.each(['{"mailTemplates":"mail",}', 'null', '"mail"', '[]'])(
    'contain settings that the synthesis refuses, such as %s',
    (settings) => {
      const before = hash();
      write('settings/local.json', settings);
      expect(hash()).not.toBe(before);
    },
  );

  it('change with the context, and with the name of a file', () => {
    const before = hash();
    expect(hash({ ...CONTEXT, region: 'eu-west-1' })).not.toBe(before);
    rmSync(join(root, 'lib/stacks/stack.ts'));
    write('lib/stacks/other.ts', 'one');
    expect(hash()).not.toBe(before);
  });

  it('do not change with other files, such as data and tests', () => {
    const before = hash();
    write('.local/state.json', '{}');
    write('test/local.test.ts', '');
    expect(hash()).toBe(before);
  });
});

it('the inputs of a synthesis do not change with the addresses of a start, to which the collection links', () => {
  write('collection/bruno.json', '{}');
  symlinkSync('../.local/collection.env', join(root, 'collection/.env'));
  const before = hash();
  write('.local/collection.env', 'SCIM_URL=http://127.0.0.1:3000');
  expect(hash()).toBe(before);
});

describe('a cloud assembly', () => {
  it('is up to date after its synthesis, until an input changes', () => {
    expect(isUpToDate(output, hash())).toBe(false);
    noteInputs(output, hash());
    expect(isUpToDate(output, hash())).toBe(true);
    write('lib/stacks/stack.ts', 'two');
    expect(isUpToDate(output, hash())).toBe(false);
  });

  it('is not up to date after another command has written it', () => {
    noteInputs(output, hash());
    utimesSync(join(output, 'manifest.json'), 1, 1);
    expect(isUpToDate(output, hash())).toBe(false);
  });

  it('is not up to date without its manifest', () => {
    noteInputs(output, hash());
    rmSync(join(output, 'manifest.json'));
    expect(isUpToDate(output, hash())).toBe(false);
  });
});
