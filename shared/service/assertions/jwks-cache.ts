import type { FetchedJwks } from './fetch-jwks';
import type { PublicJwk } from './jwk';
import { JwksProblem } from './jwks-url';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** The limits on how long keys are fresh, whatever the issuer says, and the default if it says nothing. */
const MIN_FRESH_MS = 5 * MINUTE_MS;
const MAX_FRESH_MS = 60 * MINUTE_MS;
const DEFAULT_FRESH_MS = 15 * MINUTE_MS;

/** Keys are used for this long after they were fetched if the issuer cannot be reached. */
const MAX_STALE_MS = 6 * 60 * MINUTE_MS;

/** The time between two fetches for a `kid` that is unknown. */
const UNKNOWN_KID_INTERVAL_MS = MINUTE_MS;

/** The time after a failure in which the keys are not fetched again. */
const FAILURE_INTERVAL_MS = 10 * SECOND_MS;

const MAX_URLS = 200;

interface Entry {
  keys?: readonly PublicJwk[];
  fetchedAt: number;
  freshUntil: number;
  /** The last fetch for an unknown `kid`. */
  searchedAt: number;
  failure?: { readonly at: number; readonly problem: JwksProblem };
  /** The fetch in progress, which simultaneous requests share. */
  pending?: Promise<void>;
}

/**
 * The keys of issuers, in the memory of one instance of a function. Times are milliseconds since the epoch.
 */
export class JwksCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly fetchKeys: (url: string) => Promise<FetchedJwks>) {}

  /**
   * Returns the keys at a URL. If none has the `kid`, fetches them again, at most once a minute. If the
   * issuer cannot be reached, returns the keys of up to six hours ago, or throws a `JwksProblem`.
   */
  async keys(url: string, kid: string, now: number): Promise<readonly PublicJwk[]> {
    const entry = this.entryOf(url);
    if (entry.pending) await entry.pending;
    else if (!hasFailed(entry, now) && mayFetch(entry, kid, now)) {
      if (now < entry.freshUntil) entry.searchedAt = now;
      entry.pending = this.refresh(url, entry, now);
      await entry.pending;
    }
    if (entry.keys && now - entry.fetchedAt < MAX_STALE_MS) return entry.keys;
    throw entry.failure?.problem ?? new JwksProblem('The keys of the issuer cannot be fetched.');
  }

  /** Fetches the keys. Never throws. */
  private async refresh(url: string, entry: Entry, now: number): Promise<void> {
    try {
      const { keys, maxAgeSeconds } = await this.fetchKeys(url);
      Object.assign(entry, { keys, fetchedAt: now, freshUntil: now + freshMs(maxAgeSeconds) });
      delete entry.failure;
    } catch (error) {
      const problem = error instanceof JwksProblem ? error : new JwksProblem('The keys cannot be fetched.');
      entry.failure = { at: now, problem };
    } finally {
      delete entry.pending;
    }
  }

  /** Returns the entry of a URL, which then is the last one to be dropped. */
  private entryOf(url: string): Entry {
    const entry = this.entries.get(url) ?? { fetchedAt: 0, freshUntil: 0, searchedAt: 0 };
    this.entries.delete(url);
    this.entries.set(url, entry);
    for (const [oldest] of this.entries) {
      if (this.entries.size <= MAX_URLS) break;
      this.entries.delete(oldest);
    }
    return entry;
  }
}

const hasFailed = ({ failure }: Entry, now: number): boolean =>
  failure !== undefined && now - failure.at < FAILURE_INTERVAL_MS;

/** Returns whether the keys are old, or may lack a key that the issuer has added. */
const mayFetch = (entry: Entry, kid: string, now: number): boolean =>
  now >= entry.freshUntil || (!hasKey(entry, kid) && now - entry.searchedAt >= UNKNOWN_KID_INTERVAL_MS);

const hasKey = ({ keys = [] }: Entry, kid: string): boolean => keys.some((key) => key.kid === kid);

const freshMs = (maxAgeSeconds: number | undefined): number =>
  maxAgeSeconds === undefined
    ? DEFAULT_FRESH_MS
    : Math.min(Math.max(maxAgeSeconds * SECOND_MS, MIN_FRESH_MS), MAX_FRESH_MS);
