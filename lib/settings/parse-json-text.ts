/**
 * Returns the value of a text that is JSON, as the context of a command line has it. Returns any other value
 * as it is.
 */
export function parseJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
