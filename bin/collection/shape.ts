import type { Example } from './bru-file';

/**
 * Returns the shape of an example's response: its status, the names of its headers, and the members and types
 * of its body. Two recordings of one service have the same shape, whatever their values are.
 */
export function shapeOf({ response: { status, headers, body } }: Example): unknown {
  return {
    status,
    headers: headers.map(({ name }) => name).sort(),
    ...(body && { body: bodyShape(body) }),
  };
}

function bodyShape({ type, content }: { type: string; content: string }): unknown {
  if (type === 'json') return shape(JSON.parse(content));
  const lines = content.split('\n');
  return lines.every((line) => line.startsWith('{'))
    ? shape(lines.map((line) => JSON.parse(line) as unknown))
    : 'text';
}

function shape(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map((each) => JSON.stringify(shape(each)));
    return [...new Set(shapes)].sort().map((each) => JSON.parse(each) as unknown);
  }
  if (typeof value !== 'object') return typeof value;
  if (value === null) return 'null';
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, each]) => [name, shape(each)]));
}
