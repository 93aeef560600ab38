import type { TimeSpan } from '../../store/licenses/license-store';

/** A time span in whole seconds since the epoch: its first and its last second. */
export type SecondSpan = readonly [from: number, to: number];

/** The most spans of a redrive. They are part of the query of each of its requests. */
export const MAX_SPANS = 50;

/**
 * The tolerated difference between a license's `changedAt` and the time at which the stream received the
 * record.
 */
const CLOCK_SLACK_SECONDS = 120;

/** The period of the records in a message about abandoned changes. */
export interface AbandonedBatch {
  /** The time span in which the stream received the changes, widened by `CLOCK_SLACK_SECONDS`. */
  readonly span: SecondSpan;
  /** When the stream received the last of them, in milliseconds since the epoch. */
  readonly lastMs: number;
}

/** Returns undefined if the body is not a message of Lambda about records of the stream. */
export function readAbandonedBatch(body: unknown): AbandonedBatch | undefined {
  const { DDBStreamBatchInfo: batch } = (body ?? {}) as { DDBStreamBatchInfo?: Record<string, unknown> };
  const firstMs = Date.parse(String(batch?.approximateArrivalOfFirstRecord));
  const lastMs = Date.parse(String(batch?.approximateArrivalOfLastRecord));
  if (Number.isNaN(firstMs) || Number.isNaN(lastMs)) return undefined;
  const from = Math.floor(firstMs / 1_000) - CLOCK_SLACK_SECONDS;
  return { span: [from, Math.ceil(lastMs / 1_000) + CLOCK_SLACK_SECONDS], lastMs };
}

/**
 * Returns at most `max` spans that contain all of `spans`. If they are more, those with the smallest gaps
 * become one. A longer span costs little: all licenses are read anyway, and those whose change is in the
 * history stay as they are.
 */
export function mergeSpans(spans: readonly SecondSpan[], max = MAX_SPANS): SecondSpan[] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  if (merged.length <= max) return merged;
  const gapBefore = (at: number): number => (merged[at]?.[0] ?? 0) - (merged[at - 1]?.[1] ?? 0);
  const gaps = merged.map((_, at) => at).slice(1);
  // The largest gaps stay between the spans.
  const kept = new Set(gaps.sort((a, b) => gapBefore(b) - gapBefore(a)).slice(0, max - 1));
  return merged.reduce<[number, number][]>((joined, [from, to], at) => {
    const last = joined.at(-1);
    if (last && !kept.has(at)) last[1] = to;
    else joined.push([from, to]);
    return joined;
  }, []);
}

/** Returns whether one of `spans` contains a span. */
export const isCovered = ([from, to]: SecondSpan, spans: readonly SecondSpan[]): boolean =>
  spans.some(([first, last]) => first <= from && to <= last);

export const timeSpanOf = ([from, to]: SecondSpan): TimeSpan => ({
  from: new Date(from * 1_000).toISOString(),
  to: new Date(to * 1_000).toISOString(),
});
