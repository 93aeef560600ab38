type WireObject = Record<string, unknown>;
type RequestItems = Readonly<Record<string, { readonly Keys?: readonly unknown[] } | readonly unknown[]>>;

/** A batch without the parts that are not processed, and those parts in the same form. */
export interface SplitItems {
  readonly allowed: WireObject;
  readonly unprocessed: WireObject;
}

/** Splits the `RequestItems` of a batch. `withheld` are positions in the list of all its reads or writes. */
export function splitItems(items: RequestItems, withheld: ReadonlySet<number>): SplitItems {
  const split: { allowed: WireObject; unprocessed: WireObject } = { allowed: {}, unprocessed: {} };
  let position = 0;
  for (const [table, own] of Object.entries(items)) {
    const isWrites = Array.isArray(own);
    const list = isWrites ? (own as readonly unknown[]) : ((own as { Keys?: readonly unknown[] }).Keys ?? []);
    const first = position;
    position += list.length;
    for (const side of ['allowed', 'unprocessed'] as const) {
      const part = list.filter((_, at) => withheld.has(first + at) === (side === 'unprocessed'));
      if (part.length > 0) split[side][table] = isWrites ? part : { ...own, Keys: part };
    }
  }
  return split;
}

/** Adds unprocessed parts to those of a response. */
export function addUnprocessed(stored: unknown, added: WireObject): WireObject {
  const merged: WireObject = { ...(stored as WireObject | undefined) };
  for (const [table, own] of Object.entries(added)) {
    const before = merged[table] as { Keys?: unknown[] } | unknown[] | undefined;
    if (Array.isArray(own))
      merged[table] = [...((before as unknown[] | undefined) ?? []), ...(own as unknown[])];
    else {
      const { Keys = [] } = (before as { Keys?: unknown[] } | undefined) ?? {};
      merged[table] = { ...(own as object), Keys: [...Keys, ...(own as { Keys: unknown[] }).Keys] };
    }
  }
  return merged;
}
