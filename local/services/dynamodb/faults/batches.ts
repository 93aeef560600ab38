import type { WireResponse } from '../wire-response';

type WireObject = Record<string, unknown>;

/** The part of a batch for one table: keys to read, or writes. */
type TablePart = readonly unknown[] | { readonly Keys: readonly unknown[] };
type RequestItems = Readonly<Record<string, TablePart>>;

/** Returns the response to a batch of which nothing is processed. */
export const unprocessedBatch = ({ RequestItems }: WireObject): WireResponse => ({
  status: 200,
  body: isRead(RequestItems as RequestItems)
    ? { Responses: {}, UnprocessedKeys: RequestItems }
    : { UnprocessedItems: RequestItems },
});

/** Carries out the first part of a batch, which `roll` decides, and leaves the rest unprocessed. */
export async function sendPartOfBatch(
  request: WireObject,
  roll: number,
  carryOut: (request: WireObject) => Promise<WireResponse>,
): Promise<WireResponse> {
  const all = request.RequestItems as RequestItems;
  const sent = mapParts(all, (entries) => entries.slice(0, keptOf(entries, roll)));
  const left = mapParts(all, (entries) => entries.slice(keptOf(entries, roll)));
  if (Object.keys(sent).length === 0) return unprocessedBatch(request);
  const { status, body } = await carryOut({ ...request, RequestItems: sent });
  if (status >= 300) return { status, body };
  const name = isRead(all) ? 'UnprocessedKeys' : 'UnprocessedItems';
  // What the engine left unprocessed comes back too, table by table.
  return { status, body: { ...body, [name]: merged(left, (body[name] ?? {}) as RequestItems) } };
}

const keptOf = (entries: readonly unknown[], roll: number): number => Math.floor(roll * entries.length);

const isRead = (items: RequestItems): boolean => Object.values(items).some((part) => !Array.isArray(part));

const entriesOf = (part: TablePart): readonly unknown[] =>
  Array.isArray(part) ? part : (part as { readonly Keys: readonly unknown[] }).Keys;

const withEntries = (part: TablePart, entries: readonly unknown[]): TablePart =>
  Array.isArray(part) ? entries : { ...part, Keys: entries };

/** Changes the entries of each table. Tables without entries are left out. */
function mapParts(
  items: RequestItems,
  change: (entries: readonly unknown[]) => readonly unknown[],
): RequestItems {
  const parts = Object.entries(items).map(([table, part]) => [table, part, change(entriesOf(part))] as const);
  return Object.fromEntries(
    parts
      .filter(([, , entries]) => entries.length > 0)
      .map(([table, part, entries]) => [table, withEntries(part, entries)]),
  );
}

function merged(one: RequestItems, other: RequestItems): RequestItems {
  const tables = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...tables].map((table) => {
      const parts = [one[table], other[table]].filter((part) => part !== undefined);
      return [table, withEntries(parts[0] as TablePart, parts.flatMap(entriesOf))];
    }),
  );
}
