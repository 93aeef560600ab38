import { readFileSync, writeFileSync } from 'node:fs';
import initSqlJs from 'sql.js';

/** Where a SQLite file says how it is written and read: 1 is by a rollback journal, 2 by a write-ahead log. */
const JOURNAL_BYTES = [18, 19];
const ROLLBACK_JOURNAL = 1;

/**
 * Gives the stream of an embedded engine's new database an index. Without it the engine looks through the whole stream for
 * the next sequence number on every write, so that each write costs more than the one before: 4 ms after 20,000. The engine
 * must not be running; it puts the file back into its own journal mode when it starts.
 */
export async function indexStream(file: string): Promise<void> {
  const bytes = readFileSync(file);
  // What runs in memory has no shared memory, which a write-ahead log asks for. The log was emptied when the engine stopped.
  for (const at of JOURNAL_BYTES) bytes[at] = ROLLBACK_JOURNAL;
  const { Database } = await initSqlJs();
  const database = new Database(bytes);
  database.run(
    'CREATE INDEX IF NOT EXISTS stream_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
  writeFileSync(file, database.export());
  database.close();
}
