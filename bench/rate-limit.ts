/** The parts of a response that concern rate limits. */
interface RateLimitResponse {
  readonly status: number;
  /** Returns a header by its name in lower case, or undefined. */
  readonly header: (name: string) => string | undefined;
}

/** One client and its clock, in milliseconds since the epoch. */
export interface RateLimitedClient {
  readonly sendRequest: () => Promise<RateLimitResponse>;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The response to one request. `at` is in milliseconds since the epoch, `retryAfter` in seconds. */
export interface RequestResult {
  readonly at: number;
  readonly status: number;
  /**
   * Remaining requests of the minute and of the ten seconds; undefined if the response has no such header.
   */
  readonly remainingInMinute?: number;
  readonly remainingInSlot?: number;
  readonly retryAfter?: number;
}

const SLOT_MS = 10_000;

/** Sends requests at regular intervals, whatever the responses are. */
export async function sendSteadily(
  client: RateLimitedClient,
  requests: number,
  overMs: number,
): Promise<RequestResult[]> {
  const startedAt = client.now();
  const results: RequestResult[] = [];
  for (let sent = 0; sent < requests; sent++) {
    await client.sleep(Math.max(0, startedAt + (sent * overMs) / requests - client.now()));
    results.push(await measureRequest(client));
  }
  return results;
}

/**
 * Sends requests one after another until `served` were served. After a 429, it waits as long as `Retry-After`
 * says.
 */
export async function sendHonoringRetryAfter(
  client: RateLimitedClient,
  served: number,
): Promise<RequestResult[]> {
  const results: RequestResult[] = [];
  for (let remaining = served; remaining > 0;) {
    const result = await measureRequest(client);
    results.push(result);
    if (result.status === 429) await client.sleep((result.retryAfter ?? 0) * 1000);
    else remaining--;
  }
  return results;
}

/** The responses of ten seconds. */
export interface SlotSummary {
  /** Seconds since the start of the first minute. */
  readonly from: number;
  readonly served: number;
  readonly refused: number;
  /** After the last request that was served. */
  readonly remainingInMinute?: number;
  readonly remainingInSlot?: number;
  /** `Retry-After` of the first and of the last refused request, in seconds. */
  readonly retryAfter: readonly number[];
}

/** Summarizes the results of each ten seconds. */
export function summarizeBySlot(results: readonly RequestResult[]): SlotSummary[] {
  const first = Math.floor((results[0]?.at ?? 0) / 60_000) * 60_000;
  const slots = [...new Set(results.map(({ at }) => Math.floor(at / SLOT_MS)))];
  return slots.map((slot) => {
    const inSlot = results.filter(({ at }) => Math.floor(at / SLOT_MS) === slot);
    const served = inSlot.filter(({ status }) => status !== 429);
    const refused = inSlot.filter(({ status }) => status === 429);
    const waits = [refused[0], refused.at(-1)].flatMap((result) => result?.retryAfter ?? []);
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
  const remainingIn = (window: string): number | undefined => {
    const remaining = new RegExp(`"${window}";r=(\\d+)`).exec(header('ratelimit') ?? '')?.[1];
    return remaining === undefined ? undefined : Number(remaining);
  };
  const retryAfter = header('retry-after');
  return {
    at,
    status,
    remainingInMinute: remainingIn('minute'),
    remainingInSlot: remainingIn('burst'),
    ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
  };
}
