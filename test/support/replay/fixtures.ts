import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FIXTURES_DIRECTORY = path.join(__dirname, '../../fixtures');

/** Parses the JSON files of a folder in `test/fixtures`, in the order of their names. */
export const loadFixtures = (folder: string): unknown[] =>
  readdirSync(path.join(FIXTURES_DIRECTORY, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(FIXTURES_DIRECTORY, folder, file), 'utf8')) as unknown);
