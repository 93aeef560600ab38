import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import initSqlJs from 'sql.js';
import { dynoxideProblem, startDynoxide } from '../../../../../local/services/dynamodb/engine/dynoxide';
import { engineCall } from '../../../../../local/services/dynamodb/engine/call';
import { Children } from '../../../../../local/host/processes/children';

/** The engine's own query for the number of a new record, with SQLite's query plan. */
const NEXT_NUMBER =
  'EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?';

const onEmbedded = dynoxideProblem() === undefined ? test : test.skip;

onEmbedded('a new database of the embedded engine finds the end of its stream without a scan', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'scim-engine-'));
  const children = new Children(directory);
  try {
    const engine = await startDynoxide(children, directory);
    await engineCall(engine.endpoint)('DynamoDB_20120810.ListTables', {});
    await engine.stop();
    const again = await startDynoxide(children, directory);
    await again.stop();

    const bytes = readFileSync(path.join(directory, 'dynoxide.sqlite'));
    bytes.fill(1, 18, 20);
    const { Database } = await initSqlJs();
    const [plan] = new Database(bytes).exec(NEXT_NUMBER, ['t']);
    expect(String(plan?.values)).toContain('USING COVERING INDEX stream_sequence');
  } finally {
    children.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
