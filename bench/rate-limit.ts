/** An answer as far as rate limits go. */
export interface RateLimitResponse {
  readonly status: number;
  /** By name in lower case; undefined where there is none. */
  readonly header: (name: string) => string | undefined;
}

/** One client and its clock, in milliseconds since the epoch. */
export interface RateLimitedClient {
  readonly sendRequest: () => Promise<RateLimitResponse>;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A request and what its client was told. */
export interface RequestResult {
  readonly at: number;
  readonly status: number;
  /** Requests left of the minute, and of these ten seconds; undefined where the answer does not say. */
  readonly remainingInMinute?: number;
  readonly remainingInSlot?: number;
  readonly retryAfter?: number;
}

const SLOT_MS = 10_000;

/** Sends so many requests at even distances, whatever the answers are. */
export async function sendSteadily(
  client: RateLimitedClient,
  requests: number,
  overMs: number,
): Promise<RequestResult[]> {
  const begun = client.now();
  const told: RequestResult[] = [];
  for (let sent = 0; sent < requests; sent++) {
    await client.sleep(Math.max(0, begun + (sent * overMs) / requests - client.now()));
    told.push(await measureRequest(client));
  }
  return told;
}

/** Sends one request after the other until so many were served; after a 429 it waits as it is told to. */
export async function sendHonoringRetryAfter(
  client: RateLimitedClient,
  served: number,
): Promise<RequestResult[]> {
  const told: RequestResult[] = [];
  for (let left = served; left > 0;) {
    const answer = await measureRequest(client);
    told.push(answer);
    if (answer.status === 429) await client.sleep((answer.retryAfter ?? 0) * 1000);
    else left--;
  }
  return told;
}

/** What happened in ten seconds. */
export interface SlotSummary {
  /** Seconds from the first minute's beginning. */
  readonly from: number;
  readonly served: number;
  readonly refused: number;
  /** After the last request that was served. */
  readonly remainingInMinute?: number;
  readonly remainingInSlot?: number;
  /** That of the first refusal, and of the last. */
  readonly retryAfter: readonly number[];
}

export function summarizeBySlot(results: readonly RequestResult[]): SlotSummary[] {
  const first = Math.floor((results[0]?.at ?? 0) / 60_000) * 60_000;
  const slots = [...new Set(results.map(({ at }) => Math.floor(at / SLOT_MS)))];
  return slots.map((slot) => {
    const inSlot = results.filter(({ at }) => Math.floor(at / SLOT_MS) === slot);
    const served = inSlot.filter(({ status }) => status !== 429);
    const refused = inSlot.filter(({ status }) => status === 429);
    const waits = [refused[0], refused.at(-1)].flatMap((refusal) => refusal?.retryAfter ?? []);
    return {
      from: (slot * SLOT_MS - first) / 1000,
      served: served.length,
      refused: refused.length,
      remainingInMinute: served.at(-1)?.remainingInMinute,
      remainingInSlot: served.at(-1)?.remainingInSlot,
      retryAfter: [...new Set(waits)],
    };
  });
}

async function measureRequest({ sendRequest, now }: RateLimitedClient): Promise<RequestResult> {
  const at = now();
  const { status, header } = await sendRequest();
  const leftOf = (window: string): number | undefined => {
    const left = new RegExp(`"${window}";r=(\\d+)`).exec(header('ratelimit') ?? '')?.[1];
    return left === undefined ? undefined : Number(left);
  };
  const retryAfter = header('retry-after');
  return {
    at,
    status,
    remainingInMinute: leftOf('minute'),
    remainingInSlot: leftOf('burst'),
    ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
  };
}
