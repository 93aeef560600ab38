/** What asks for a page. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the page that follows. */
  readonly next?: string;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** Whether others follow. */
  readonly hasMore: boolean;
}

/** The most that the API gives at once. */
const PAGE = 100;

/** At most `limit` of what comes in pages. A page may be short, or empty, though others follow. */
export async function collected<T>(
  limit: number,
  read: (page: PageQuery) => Promise<Page<T>>,
): Promise<Listed<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(PAGE, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < limit);
  return { items, hasMore: cursor !== undefined };
}
