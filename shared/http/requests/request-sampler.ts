import type { RequestOutcome } from '../../store/requests/request-record';

const HOUR_MS = 3_600_000;
/**
 * The records of one kind of request that are written before the sampling halves. Refused requests are the
 * ones that administrators look for.
 */
const RECORDS_PER_STEP: Readonly<Record<RequestOutcome, number>> = { accepted: 20, refused: 100 };
/** Limits the memory to some megabytes. If more domains take turns, each of their requests is recorded. */
const MAX_DOMAINS = 10_000;

interface Samples {
  hour: number;
  /** The records of the current hour. */
  records: number;
  /** The requests that have not been recorded. */
  skipped: number;
}

/** A request that is recorded. */
export interface Sample {
  /** The requests of this kind before it that were not recorded. */
  readonly others: number;
  /** Counts the request with the next record, because this one was not written. */
  readonly giveBack: () => void;
}

/**
 * Chooses the requests that this process records, for each domain and kind of request. The kind includes the
 * connection. In each hour of the clock, the first 20 accepted requests of a kind are recorded, then every
 * second one, after 20 more every fourth, and so on. A record counts the requests before it that were left
 * out. So the numbers are right to about five percent, and the cost grows with the logarithm of the requests.
 * The same is true of refused requests, with 100 in place of 20.
 */
export class RequestSampler {
  private readonly domains = new Map<string, Map<string, Samples>>();

  /** Returns undefined if the request is not recorded. `now` in milliseconds. */
  take(domainId: string, outcome: RequestOutcome, kind: string, now: number): Sample | undefined {
    const samples = this.samplesOf(domainId, `${outcome} ${kind}`);
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== samples.hour) {
      samples.hour = hour;
      samples.records = 0;
    }
    const step = 2 ** Math.floor(samples.records / RECORDS_PER_STEP[outcome]);
    if (samples.skipped + 1 < step) {
      samples.skipped++;
      return undefined;
    }
    const others = samples.skipped;
    samples.records++;
    samples.skipped = 0;
    return { others, giveBack: () => void (samples.skipped += others + 1) };
  }

  private samplesOf(domainId: string, kind: string): Samples {
    const kinds = this.domains.get(domainId) ?? new Map<string, Samples>();
    // A map iterates in the order of insertion, so the first domain is the one that was silent for the
    // longest time.
    this.domains.delete(domainId);
    this.domains.set(domainId, kinds);
    const [oldest] = this.domains.keys();
    if (this.domains.size > MAX_DOMAINS && oldest !== undefined) this.domains.delete(oldest);
    const samples = kinds.get(kind) ?? { hour: -1, records: 0, skipped: 0 };
    kinds.set(kind, samples);
    return samples;
  }
}
