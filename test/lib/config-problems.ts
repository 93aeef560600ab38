import { ConfigError, readConfig } from '../../lib/config';

/** Returns the problems for which a context is rejected. */
export function problemsOf(context: Record<string, unknown>): readonly string[] {
  try {
    readConfig(context);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
