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

/**
 * Reads up to `limit` items page by page. A page may be short or empty although more pages follow. Calls
 * `onPage` with the number of items of each page that another one follows.
 */
export async function collectItems<T>(
  limit: number,
  read: (page: PageQuery) => Promise<Page<T>>,
  onPage: (items: number) => void = () => {},
): Promise<ListResult<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(MAX_PAGE_SIZE, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.next;
    if (cursor !== undefined && items.length < limit) onPage(page.items.length);
  } while (cursor !== undefined && items.length < limit);
  return { items, hasMore: cursor !== undefined };
}
