/** The fields of a record of a stream, a queue, or a topic that tell its source and its age. */
interface EventRecord {
  readonly eventSource?: string;
  readonly EventSource?: string;
  /** Seconds since the epoch. */
  readonly dynamodb?: { readonly ApproximateCreationDateTime?: number };
  /** Milliseconds since the epoch, as text. */
  readonly attributes?: { readonly SentTimestamp?: string };
  /** RFC 3339. */
  readonly Sns?: { readonly Timestamp?: string };
}

/** The properties of an event that the log line of its invocation has. */
export interface Trigger {
  /** `dynamodb`, `sqs`, `sns`, or `schedule`. */
  readonly trigger: string;
  readonly records?: number;
  /** The age of the oldest record. */
  readonly oldestSeconds?: number;
}

/** Describes the event of an invocation without its content. `now` is in milliseconds since the epoch. */
export function describeTrigger(event: unknown, now: number): Trigger {
  const { Records: records } = (event ?? {}) as { Records?: readonly EventRecord[] };
  if (!Array.isArray(records)) return { trigger: 'schedule' };
  const [first] = records as readonly EventRecord[];
  const source = first?.eventSource ?? first?.EventSource ?? '';
  const times = records.map(timeOf).filter((time) => Number.isFinite(time));
  return {
    trigger: source.replace(/^aws:/, '') || 'none',
    records: records.length,
    ...(times.length > 0 && { oldestSeconds: Math.max(0, Math.round((now - Math.min(...times)) / 1_000)) }),
  };
}

function timeOf({ dynamodb, attributes, Sns }: EventRecord): number {
  const seconds = dynamodb?.ApproximateCreationDateTime;
  if (seconds !== undefined) return seconds * 1_000;
  if (attributes?.SentTimestamp !== undefined) return Number(attributes.SentTimestamp);
  return Date.parse(Sns?.Timestamp ?? '');
}
