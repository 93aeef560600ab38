import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCollection } from '../../bin/collection/collection-files';
import { type Recording, recordExamples } from '../../bin/collection/record';
import { shapeOf } from '../../bin/collection/shape';
import { type Example, parseExamples } from '../../bin/collection/bru-file';
import type { Session } from '../../local/product/session';
import { systemAssembly } from '../support/jest/start-system';

const ROOT = path.join(__dirname, '../..');

// The recorder needs a fresh system, and uses up its rate limits.
let recording: Recording;
beforeAll(async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'collection-'));
  const flags = [
    '--fresh',
    '--port',
    '0',
    '--state',
    state,
    '--rate-plan',
    'gallery',
    '--timeout-factor',
    '20',
  ];
  const system = fork(
    path.join(ROOT, 'local/main.ts'),
    [...flags, '--no-synth', '--assembly', systemAssembly()],
    { cwd: ROOT, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  try {
    // The system prints its banner when it is ready.
    await once(system.stdout as NodeJS.ReadableStream, 'data');
    const session = JSON.parse(readFileSync(path.join(state, 'session.json'), 'utf8')) as Session;
    recording = await recordExamples(session);
  } finally {
    system.kill('SIGTERM');
    await once(system, 'exit');
    rmSync(state, { recursive: true });
  }
});

it('the whole collection passes against a running system', () => {
  const { code, output } = recording;
  expect({ code, failures: output.split('\n').filter((line) => line.includes('✕')) }).toEqual({
    code: 0,
    failures: [],
  });
});

const shapes = (examples: readonly Example[]) => examples.map((example) => [example.name, shapeOf(example)]);

// If this fails because responses have changed deliberately, run `npm run collection:record` and read the difference.
it.each(readCollection().map((file) => [file.path, file] as const))(
  'the examples of %s have the shape of the responses',
  (name, file) => {
    const recorded = recording.recorded.find((each) => each.file.path === name);
    expect(shapes(parseExamples(file.text))).toEqual(shapes(recorded?.examples ?? []));
  },
);
