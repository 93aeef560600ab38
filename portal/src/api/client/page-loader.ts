/** Loads one page of a list. */
export type PageLoader<T> = (
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<{ readonly items: readonly T[]; readonly next?: string }>;

/** The largest page of the admin API. An export loads such pages. */
export const PAGE_SIZE = 100;
