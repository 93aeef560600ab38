import { createHash } from 'node:crypto';

const HOUR_MS = 3_600_000;
/** Limits the memory, because clients choose the texts. Readiness shows at most this many of one kind. */
const MAX_REMEMBERED = 100;
/** Limits the memory, whatever the number of domains. Each domain takes one place, however much it sends. */
const MAX_DOMAINS = 1_000;

/**
 * Recognizes texts that this process has already received from a domain in the current clock hour. Each domain
 * has its own share, so that no domain can use up or evict the texts of another one. The domain that was silent for
 * the longest time is forgotten first, and then only records its texts once more.
 */
export class HourlyDeduplicator {
  private hour = 0;
  private readonly digests = new Map<string, Set<string>>();

  /**
   * Returns false for a repeated text of the domain, and for every new text after too many of the domain in
   * this hour. `now` in milliseconds.
   */
  isFirst(domainId: string, text: string, now: number): boolean {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      this.digests.clear();
    }
    const known = this.digestsOf(domainId);
    const digest = digestOf(text);
    if (known.has(digest) || known.size >= MAX_REMEMBERED) return false;
    known.add(digest);
    return true;
  }

  private digestsOf(domainId: string): Set<string> {
    const digests = this.digests.get(domainId) ?? new Set<string>();
    // A map iterates in the order of insertion, so the first domain is the one that was silent for the longest time.
    this.digests.delete(domainId);
    this.digests.set(domainId, digests);
    const [oldest] = this.digests.keys();
    if (this.digests.size > MAX_DOMAINS && oldest !== undefined) this.digests.delete(oldest);
    return digests;
  }
}

/** Returns a short digest, so that long texts take no more memory than short ones. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
