import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FIXTURES_DIRECTORY = path.join(__dirname, '../../fixtures');

/** The JSON files of a folder of `test/fixtures`, parsed, in the order of their names. */
export const loadFixtures = (folder: string): unknown[] =>
  readdirSync(path.join(FIXTURES_DIRECTORY, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(FIXTURES_DIRECTORY, folder, file), 'utf8')) as unknown);
