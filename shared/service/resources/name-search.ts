import { nameKeysOf } from '../../scim/text/name-key';
import type { Position } from '../../store/listing/position';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { isKeyText } from '../../store/table/keys';

/** A place in the order of names. */
export type NamePosition = Required<Position>;

/** Resources in the order of their names. */
export interface FoundByName {
  readonly records: readonly ResourceRecord[];
  /**
   * The position of the next page; absent at the end. More resources may follow even if this page is not
   * full.
   */
  readonly next?: NamePosition;
}

/**
 * Returns the beginnings of the keys of names that begin with `text`: that of the current keys, and that of
 * the keys of previous versions, if it differs. No name begins with a text that cannot be a key.
 */
export function namePrefixes(text: string): string[] {
  const [current = '', legacy] = nameKeysOf(text);
  if (!isKeyText(current)) return [];
  return legacy === undefined || !isKeyText(legacy) || legacy.startsWith(current)
    ? [current]
    : [current, legacy];
}

/** Returns at most `limit` resources whose names begin with one of `prefixes`, one prefix after the other. */
export async function searchByName(
  store: ResourceStore,
  prefixes: readonly string[],
  limit: number,
  after?: NamePosition,
): Promise<FoundByName> {
  const records: ResourceRecord[] = [];
  let last = after;
  const first = prefixes.findIndex((prefix) => last?.nameKey.startsWith(prefix) ?? true);
  for (const prefix of prefixes.slice(first)) {
    const remaining = limit - records.length;
    if (remaining === 0 && last) return { records, next: last };
    const isBegun = last?.nameKey.startsWith(prefix);
    const range = { range: { prefix }, ...(isBegun && { after: last }) };
    const { positions, more } = await store.namePage(remaining, range);
    records.push(...(await store.getMany(positions.map(({ id }) => id))));
    const end = positions.at(-1);
    if (end) last = end;
    if (more && last) return { records, next: last };
  }
  return { records };
}
