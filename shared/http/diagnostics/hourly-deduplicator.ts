import { createHash } from 'node:crypto';

const HOUR_MS = 3_600_000;
/** Limits the memory, because clients choose the texts. Readiness shows at most this many of one kind. */
const MAX_REMEMBERED = 100;
/** Limits the memory, whatever the number of connections. Each one takes one place, however much it sends. */
const MAX_CONNECTIONS = 1_000;

/**
 * Recognizes texts that this process has already received from a connection in the current clock hour. Each
 * connection has its own share, so that none can use up or evict the texts of another one. The connection
 * that was silent for the longest time is forgotten first, and then only records its texts once more.
 */
export class HourlyDeduplicator {
  private hour = 0;
  private readonly digests = new Map<string, Set<string>>();

  /**
   * Returns false for a repeated text of the connection, and for every new text after too many of it in this
   * hour. `now` in milliseconds.
   */
  isFirst(connection: string, text: string, now: number): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      this.digests.clear();
    }
    const known = this.digestsOf(connection);
    const digest = digestOf(text);
    if (known.has(digest) || known.size >= MAX_REMEMBERED) return false;
    known.add(digest);
    return true;
  }

  private digestsOf(connection: string): Set<string> {
    const digests = this.digests.get(connection) ?? new Set<string>();
    // A map iterates in the order of insertion, so the first connection is the one that was silent for the
    // longest time.
    this.digests.delete(connection);
    this.digests.set(connection, digests);
    const [oldest] = this.digests.keys();
    if (this.digests.size > MAX_CONNECTIONS && oldest !== undefined) this.digests.delete(oldest);
    return digests;
  }
}

/** Returns a short digest, so that long texts take no more memory than short ones. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
