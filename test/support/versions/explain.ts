import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MAX_LINES = 10;
const MAX_LINE_LENGTH = 600;

/**
 * Returns the lines of the logs about the requests whose ids a problem names. Their state is deleted at the
 * end.
 */
export function logLinesOf(problem: string, state: string): readonly string[] {
  const ids = [...problem.matchAll(/\bid ([0-9a-f]{8}-[0-9a-f-]{27})\b/g)].map(([, id = '']) => id);
  if (ids.length === 0) return [];
  const directory = path.join(state, 'logs');
  return readdirSync(directory)
    .flatMap((file) => readFileSync(path.join(directory, file), 'utf8').split('\n'))
    .filter((line) => ids.some((id) => line.includes(id)))
    .slice(0, MAX_LINES)
    .map((line) => `  ${line.slice(0, MAX_LINE_LENGTH)}`);
}
