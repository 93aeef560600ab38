import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSystem } from '../../local/product/system';
import { withExamples } from '../collection/bru-file';
import { COLLECTION } from '../collection/collection-files';
import { type Recording, recordExamples } from '../collection/record';

/** Records the example responses of the collection on a fresh local system (`npm run collection:record`). */
async function main(): Promise<void> {
  const state = mkdtempSync(path.join(tmpdir(), 'scim-collection-'));
  process.env.TZ = 'UTC';
  try {
    const system = await startSystem({
      port: 0,
      fresh: true,
      ratePlan: 'gallery',
      state,
      assembly: path.join(state, 'cdk.out'),
      synth: true,
      meter: false,
      // A slow machine must not record a timeout.
      timeoutFactor: 20,
      verbose: false,
    });
    try {
      write(await recordExamples(system.session));
    } finally {
      await system.stop();
    }
  } finally {
    rmSync(state, { recursive: true });
  }
}

function write({ code, output, recorded }: Recording): void {
  if (code !== 0) throw new Error(`The collection does not pass, so nothing is recorded.\n${output}`);
  let changed = 0;
  for (const { file, examples } of recorded) {
    const text = withExamples(file.text, examples);
    if (text === file.text) continue;
    changed += 1;
    writeFileSync(path.join(COLLECTION, `${file.path}.bru`), text);
  }
  const count = recorded.reduce((sum, { examples }) => sum + examples.length, 0);
  console.log(`Recorded ${count} examples of ${recorded.length} requests. ${changed} files have changed.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
