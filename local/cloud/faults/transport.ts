import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../callers';
import { ServiceError } from '../endpoint/service-error';
import type { Fault, TransportFault } from './fault';
import type { Faults } from './faults';

/** The longest time from the end of a client's patience until its call is carried out, in milliseconds. */
const MAX_LATE_MS = 1_000;
/** A client without a timeout gets its response after this time. */
const LONGEST_HANG_MS = 60_000;

export interface FaultyCall<T> {
  readonly fault: Fault<TransportFault> | undefined;
  readonly faults: Pick<Faults, 'kill'>;
  readonly caller: Caller;
  /** The response, whose connection may close. */
  readonly response: ServerResponse;
  readonly carryOut: () => Promise<T>;
  /** Returns the error response of the service. */
  readonly error: (kind: 'throttling' | 'internal' | 'unavailable', roll: number) => T | ServiceError;
}

/**
 * Carries out a call under its fault, if it has one. Returns what to respond; undefined if there is no
 * response, because the connection is closed.
 */
export async function underFault<T>(call: FaultyCall<T>): Promise<T | undefined> {
  const { fault, faults, caller, response, carryOut } = call;
  const kill = () => faults.kill(caller.name, caller.instance);
  switch (fault?.kind) {
    case undefined:
      return carryOut();
    case 'internal':
      // AWS: a 500 says nothing about whether the call was carried out.
      if (fault.roll < 0.5) await quietly(carryOut);
      return fail(call, fault.kind, fault.roll);
    case 'throttling':
    case 'unavailable':
      return fail(call, fault.kind, fault.roll);
    case 'reset-before':
      break;
    case 'reset-after':
      await quietly(carryOut);
      break;
    case 'hang':
      if (!(await hasGivenUp(response))) return carryOut();
      await sleep(fault.roll * MAX_LATE_MS);
      await quietly(carryOut);
      break;
    case 'kill-before':
      await kill();
      break;
    case 'kill-after':
      await quietly(carryOut);
      await kill();
  }
  response.destroy();
  return undefined;
}

function fail<T>({ error }: FaultyCall<T>, kind: 'throttling' | 'internal' | 'unavailable', roll: number): T {
  const result = error(kind, roll);
  if (result instanceof ServiceError) throw result;
  return result;
}

/** Waits until the client closes the connection. Returns false if it never does. */
const hasGivenUp = (response: ServerResponse): Promise<boolean> =>
  Promise.race([once(response, 'close').then(() => true), sleep(LONGEST_HANG_MS, false, { ref: false })]);

/** The client gets no response, so it gets no error either. */
async function quietly(carryOut: () => Promise<unknown>): Promise<void> {
  await carryOut().catch(() => undefined);
}
