import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCollection } from '../../bin/collection/collection-files';
import { type Recording, recordExamples } from '../../bin/collection/record';
import { shapeOf } from '../../bin/collection/shape';
import { type Example, parseExamples } from '../../bin/collection/bru-file';
import { systemAssembly } from '../support/jest/start-system';
import { readSession, startHost } from '../support/system/host-process';

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
  const host = await startHost([...flags, '--no-synth', '--assembly', systemAssembly()]);
  try {
    recording = await recordExamples(readSession(state));
  } finally {
    await host.stop();
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

// If this fails because responses have changed deliberately, run `npm run collection:record` and read the
// difference.
it.each(readCollection().map((file) => [file.path, file] as const))(
  'the examples of %s have the shape of the responses',
  (name, file) => {
    const recorded = recording.recorded.find((each) => each.file.path === name);
    expect(shapes(parseExamples(file.text))).toEqual(shapes(recorded?.examples ?? []));
  },
);
