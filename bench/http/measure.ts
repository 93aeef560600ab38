import { HttpClient, sendLoad } from './client';
import type { Contender, Usage } from './contender';
import { HTTP_ROWS, newUser, type HttpRow, type SampleUser } from './rows';
import { newId } from '../../shared/id';

export interface HttpLoad {
  readonly connections: number;
  /** The time of each row, contender, and round. */
  readonly milliseconds: number;
  readonly rounds: number;
  readonly samples: number;
}

/** The figures of a contender for the requests of one row. */
export interface HttpFigures {
  readonly contender: string;
  readonly row: string;
  readonly users: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds of each part for one request. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** The largest memory of each part. */
  readonly memoryMb: Readonly<Record<string, number>>;
}

/** A contender with the users on which the requests work. */
interface Prepared {
  readonly contender: Contender;
  readonly samples: readonly SampleUser[];
}

/** One round of a row, before the rounds are summed up. */
interface Round {
  readonly requests: number;
  readonly milliseconds: number;
  readonly latencies: readonly number[];
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly memoryMb: Readonly<Record<string, number>>;
}

/**
 * Measures all rows with `users` users in each contender. The contenders take turns, so that other work
 * affects all of them.
 */
export async function measureHttp(
  contenders: readonly Contender[],
  users: number,
  load: HttpLoad,
): Promise<HttpFigures[]> {
  const prepared: Prepared[] = [];
  for (const contender of contenders) prepared.push(await prepare(contender, users, load));
  const figures: HttpFigures[] = [];
  for (const row of HTTP_ROWS) {
    const rounds = new Map<Prepared, Round[]>(prepared.map((each) => [each, []]));
    // The first round warms up.
    for (let round = 0; round <= load.rounds; round++)
      for (const each of prepared) {
        const measured = await measureRound(each, row, load);
        if (round > 0) rounds.get(each)?.push(measured);
      }
    for (const [{ contender }, all] of rounds) figures.push(summary(contender.name, row.name, users, all));
  }
  return figures;
}

async function prepare(contender: Contender, users: number, load: HttpLoad): Promise<Prepared> {
  const client = new HttpClient(contender.target, load.connections);
  const samples: SampleUser[] = [];
  let left = Math.min(load.samples, users);
  await contender.fill(users - left);
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const userName = `sample-${newId()}@example.com`;
      const { status, text } = await client.send({ method: 'POST', path: '/Users', body: newUser(userName) });
      if (status !== 201) throw new Error(`${contender.name}: ${status} ${text}`);
      samples.push({ id: (JSON.parse(text) as { id: string }).id, userName });
    }
  };
  await Promise.all(Array.from({ length: load.connections }, worker));
  client.close();
  return { contender, samples };
}

async function measureRound(
  { contender, samples }: Prepared,
  row: HttpRow,
  { connections, milliseconds }: HttpLoad,
): Promise<Round> {
  await contender.settle();
  const before = await contender.usage();
  let number = 0;
  const next = () => row.of(samples[number % samples.length] as SampleUser, ++number);
  // Servers close connections that nothing uses for some seconds, so each round has its own.
  const client = new HttpClient(contender.target, connections);
  const sent = await sendLoad(client, next, { connections, milliseconds });
  client.close();
  // What a request causes in the background is a part of its cost.
  await contender.settle();
  const after = await contender.usage();
  return { ...sent, ...differenceOf(before, after) };
}

function differenceOf(before: Usage, after: Usage): Pick<Round, 'cpuMs' | 'memoryMb'> {
  const parts = Object.entries(after);
  return {
    cpuMs: Object.fromEntries(parts.map(([name, { cpuMs }]) => [name, cpuMs - (before[name]?.cpuMs ?? 0)])),
    memoryMb: Object.fromEntries(parts.map(([name, { memoryMb }]) => [name, memoryMb])),
  };
}

/** Sums up the rounds: the medians of their speeds and latencies, and the CPU time of all. */
function summary(contender: string, row: string, users: number, rounds: readonly Round[]): HttpFigures {
  const requests = rounds.reduce((sum, round) => sum + round.requests, 0);
  const parts = new Set(rounds.flatMap(({ cpuMs }) => Object.keys(cpuMs)));
  const perPart = (of: (part: string) => number) =>
    Object.fromEntries([...parts].map((part) => [part, of(part)]));
  return {
    ...{ contender, row, users },
    perSecond: median(rounds.map((round) => (1_000 * round.requests) / round.milliseconds)),
    p50: median(rounds.map(({ latencies }) => quantile(latencies, 0.5))),
    p99: median(rounds.map(({ latencies }) => quantile(latencies, 0.99))),
    cpuMs: perPart((part) => rounds.reduce((sum, { cpuMs }) => sum + (cpuMs[part] ?? 0), 0) / requests),
    memoryMb: perPart((part) => Math.max(...rounds.map(({ memoryMb }) => memoryMb[part] ?? 0))),
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;

const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  );
