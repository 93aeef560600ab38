/** A value of a field. Undefined means that the line does not have the field. */
export type Value = string | number | boolean | undefined;

/** The fields of a line by their names. Those of nested objects have dots. */
export type Fields = ReadonlyMap<string, Value>;

/** Returns a value as a number, if it is one or is the text of one. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  return value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
}

/** Compares as numbers if both are numbers, and otherwise as texts. */
export function compare(left: Value, right: Value): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  const [one, other] = [String(left ?? ''), String(right ?? '')];
  return one < other ? -1 : Number(one > other);
}

export const isTrue = (value: Value): boolean => value === true || (numberOf(value) ?? 0) !== 0;

/** Reads the fields of a line: those of its JSON, and the ones that CloudWatch adds. */
export function fieldsOf({ timestamp, message }: { timestamp: number; message: string }): Fields {
  const fields = new Map<string, Value>([
    ['@timestamp', timestamp],
    ['@message', message],
  ]);
  if (message.startsWith('{')) {
    try {
      flatten('', JSON.parse(message) as unknown, fields);
    } catch {
      // The line is not JSON.
    }
  }
  return fields;
}

function flatten(prefix: string, value: unknown, into: Map<string, Value>): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value))
      flatten(prefix === '' ? name : `${prefix}.${name}`, each, into);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    into.set(prefix, value);
  }
}
