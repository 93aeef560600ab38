import path from 'node:path';
import type { Session } from '../../local/product/session';

export const STATE = '.local/rehearsal';
export const RUNNING_FILE = path.join(STATE, 'running.json');

/** The rehearsal that is running. */
export interface Running {
  /** The number of the fault, from 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The length of a minute of the simulated clock. */
  readonly secondsPerMinute: number;
  readonly session: Session;
}
