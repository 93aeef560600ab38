/** An answer as far as rate limits go. */
export interface RateAnswer {
  readonly status: number;
  /** By name in lower case; undefined where there is none. */
  readonly header: (name: string) => string | undefined;
}

/** One client and its clock, in milliseconds since the epoch. */
export interface Client {
  readonly ask: () => Promise<RateAnswer>;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A request and what its client was told. */
export interface Told {
  readonly at: number;
  readonly status: number;
  /** Requests left of the minute, and of these ten seconds; undefined where the answer does not say. */
  readonly leftOfMinute?: number;
  readonly leftOfSlot?: number;
  readonly retryAfter?: number;
}

const SLOT_MS = 10_000;

/** Sends so many requests at even distances, whatever the answers are. */
export async function steadily(client: Client, requests: number, overMs: number): Promise<Told[]> {
  const begun = client.now();
  const told: Told[] = [];
  for (let sent = 0; sent < requests; sent++) {
    await client.sleep(Math.max(0, begun + (sent * overMs) / requests - client.now()));
    told.push(await tell(client));
  }
  return told;
}

/** Sends one request after the other until so many were served; after a 429 it waits as it is told to. */
export async function obediently(client: Client, served: number): Promise<Told[]> {
  const told: Told[] = [];
  for (let left = served; left > 0;) {
    const answer = await tell(client);
    told.push(answer);
    if (answer.status === 429) await client.sleep((answer.retryAfter ?? 0) * 1000);
    else left--;
  }
  return told;
}

/** What happened in ten seconds. */
export interface Slot {
  /** Seconds from the first minute's beginning. */
  readonly from: number;
  readonly served: number;
  readonly refused: number;
  /** After the last request that was served. */
  readonly leftOfMinute?: number;
  readonly leftOfSlot?: number;
  /** That of the first refusal, and of the last. */
  readonly retryAfter: readonly number[];
}

export function bySlots(told: readonly Told[]): Slot[] {
  const first = Math.floor((told[0]?.at ?? 0) / 60_000) * 60_000;
  const slots = [...new Set(told.map(({ at }) => Math.floor(at / SLOT_MS)))];
  return slots.map((slot) => {
    const inSlot = told.filter(({ at }) => Math.floor(at / SLOT_MS) === slot);
    const served = inSlot.filter(({ status }) => status !== 429);
    const refused = inSlot.filter(({ status }) => status === 429);
    const waits = [refused[0], refused.at(-1)].flatMap((refusal) => refusal?.retryAfter ?? []);
    return {
      from: (slot * SLOT_MS - first) / 1000,
      served: served.length,
      refused: refused.length,
      leftOfMinute: served.at(-1)?.leftOfMinute,
      leftOfSlot: served.at(-1)?.leftOfSlot,
      retryAfter: [...new Set(waits)],
    };
  });
}

async function tell({ ask, now }: Client): Promise<Told> {
  const at = now();
  const { status, header } = await ask();
  const leftOf = (window: string): number | undefined => {
    const left = new RegExp(`"${window}";r=(\\d+)`).exec(header('ratelimit') ?? '')?.[1];
    return left === undefined ? undefined : Number(left);
  };
  const retryAfter = header('retry-after');
  return {
    at,
    status,
    leftOfMinute: leftOf('minute'),
    leftOfSlot: leftOf('burst'),
    ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
  };
}
