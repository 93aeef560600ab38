/** The query parameters of a page. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page. */
  readonly next?: string;
}

export interface ListResult<T> {
  readonly items: readonly T[];
  /** True if the list has more items. */
  readonly hasMore: boolean;
}

/** The API's maximum page size. */
const MAX_PAGE_SIZE = 100;

/** Reads up to `limit` items page by page. A page may be short or empty although more pages follow. */
export async function collectItems<T>(
  limit: number,
  read: (page: PageQuery) => Promise<Page<T>>,
): Promise<ListResult<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(MAX_PAGE_SIZE, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < limit);
  return { items, hasMore: cursor !== undefined };
}
