import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { sendOverHttp, type WireResponse } from '../faults/wire';
import { adminRequest, setupRequest, subscriptionRequest } from './admin-requests';
import { CpuTimes } from './cpu-times';
import { type Draw, drawFrom } from './draw';
import { asCurl, type FuzzRequest } from './fuzz-request';
import { pollRequest, productRequest } from './product-requests';
import { replenish } from './replenish';
import { scimRequest } from './scim-requests';
import { differences, takeSnapshot, type TableSnapshot } from './table-snapshot';
import { createWorld, type World } from './world';

export interface FuzzOptions {
  readonly seed: number;
  /** Ends the run after this number of requests. */
  readonly requests: number;
  /** Is called after each request. @default nothing is called */
  readonly progress?: (done: number) => void;
}

export interface FuzzRun {
  readonly world: World;
  /** The number of responses by request and status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The largest CPU time of an invocation of each function, in milliseconds. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** A text for each thing that is wrong, with the command that sends the request again. */
  readonly problems: readonly string[];
}

/**
 * The pause before two snapshots are compared, in milliseconds: what the stream triggers has then been
 * written.
 */
const SETTLE_MS = 50;
const REPLENISH_EVERY = 25;
/** The status of `/Me`, which a SCIM key cannot have. */
const NOT_IMPLEMENTED = 501;

/** Sends random requests one after the other, and checks what each of them did. */
export async function runFuzz({ seed, requests, progress }: FuzzOptions): Promise<FuzzRun> {
  const world = await createWorld();
  const table = await systemTable();
  const statuses: Record<string, number> = {};
  const problems: string[] = [];
  const cpuTimes = await CpuTimes.open();
  let before = await settled(table);
  for (let at = 0; at < requests; at++) {
    const draw = drawFrom(seed * 1_000_003 + at);
    const request = drawRequest(draw, world);
    const response = await sendOverHttp(request).catch((error: unknown) => String(error));
    const status = typeof response === 'string' ? 'no response' : response.status;
    statuses[`${request.about} ${status}`] = (statuses[`${request.about} ${status}`] ?? 0) + 1;
    const found = typeof response === 'string' ? [response] : responseProblems(world, request, response);
    if (typeof status === 'number' && request.method !== 'GET') {
      const after = status >= 400 ? await takeSnapshot(table) : await settled(table);
      if (status >= 400) found.push(...differences(before, after).map((line) => `${status} changed ${line}`));
      before = after;
    }
    found.push(...(await cpuTimes.problems()));
    const text = typeof response === 'string' ? '' : ` ${response.body.slice(0, 500)}`;
    problems.push(...found.map((problem) => `request ${at}: ${problem}\n  ${asCurl(request)}\n ${text}`));
    if (at % REPLENISH_EVERY === REPLENISH_EVERY - 1) {
      await replenish(world);
      before = await settled(table);
    }
    progress?.(at + 1);
  }
  return { world, statuses, cpuMs: cpuTimes.largest, problems };
}

const KINDS = [
  ...[scimRequest, scimRequest, scimRequest, adminRequest, adminRequest, adminRequest],
  ...[productRequest, productRequest, subscriptionRequest, setupRequest, pollRequest],
];

const drawRequest = (draw: Draw, world: World): FuzzRequest => draw.oneOf(KINDS)(draw, world);

function responseProblems(
  world: World,
  request: FuzzRequest,
  { status, body, headers }: WireResponse,
): string[] {
  const leaked = request.isOperator ? undefined : world.canaries.find((canary) => body.includes(canary));
  const sent = request.url + (request.body ?? '') + JSON.stringify(request.headers);
  const isEchoed = leaked !== undefined && sent.includes(leaked);
  return [
    ...(status >= 500 && status !== NOT_IMPLEMENTED ? [`status ${status}`] : []),
    ...(leaked !== undefined && !isEchoed ? ['the response contains data of another domain'] : []),
    ...(headers['x-injected'] === undefined ? [] : ['a value became a header']),
    ...(status >= 400 && request.method !== 'HEAD' && body === ''
      ? [`${status} without an explanation`]
      : []),
  ];
}

/** Waits until nothing more changes, and returns the items. */
async function settled(table: Table): Promise<TableSnapshot> {
  for (let last = await takeSnapshot(table); ;) {
    await sleep(SETTLE_MS);
    const next = await takeSnapshot(table);
    if (differences(last, next).length === 0) return next;
    last = next;
  }
}
