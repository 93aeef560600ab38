import type { BenchDomain } from './bench-domain';

/** The duration and the number of the requests of a load. */
export interface LoadSize {
  readonly perSecond: number;
  readonly seconds: number;
  /** The number of requests. */
  readonly requests: number;
  /**
   * The number of requests that wait for their response at most. If as many do, the next request is late. No
   * limit by default.
   */
  readonly maxInFlight?: number;
}

/** A prepared load. */
export interface Load {
  /** Sends the request with this number, counted from 0, and returns the status of its response. */
  readonly send: (at: number) => Promise<number>;
  /** Runs next to the load, until `isOver`. Its duration is not measured, but its conflicts are. */
  readonly background?: (isOver: () => boolean) => Promise<void>;
  /** Resolves when everything has happened that the requests cause asynchronously and that the row counts. */
  readonly settled?: () => Promise<void>;
}

/**
 * One row of the table: a load on a new domain. To add a row, export it from a file of this folder, and add
 * it to `ROWS`.
 */
export interface Row {
  readonly name: string;
  /** The target for tries per commit. */
  readonly maxTries: number;
  /**
   * The target for p95, as a multiple of the same load without conflicts; undefined if it is not compared.
   */
  readonly maxSlowdown?: number;
  /**
   * The functions whose transactions and writes are counted. The default is those of users, groups, and bulk.
   */
  readonly functions?: RegExp;
  /** Creates a domain with what the load needs. Nothing that it does is measured or conflicts. */
  readonly prepare: (createDomain: CreateDomain, size: LoadSize) => Promise<[BenchDomain, Load]>;
}

/** Creates the domain of a row. */
export type CreateDomain = (seats?: { seats: number; seatPolicy: 'refuse' | 'wait' }) => Promise<BenchDomain>;
