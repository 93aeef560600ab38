import { type Command, Option } from 'commander';
import type { DomainChange, RatePlan, SeatPolicy } from '../../../portal/src/api/schema';
import { seatsOf, wholeNumber } from '../options/numbers';

export interface DomainOptions {
  readonly ratePlan?: RatePlan;
  readonly seats?: number | 'unlimited';
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelay?: number;
}

// Of the document of the admin API, like the types; a test compares them.
export const RATE_PLANS: readonly RatePlan[] = ['standard', 'gallery', 'unmetered'];
export const SEAT_POLICIES: readonly SeatPolicy[] = ['refuse', 'wait'];

/** Adds the settings of a domain that a new one may be given, and that can be changed. */
export const addSettings = (command: Command): Command =>
  command
    .addOption(new Option('--rate-plan <plan>', 'how many requests it may make').choices(RATE_PLANS))
    .option('--seats <number>', 'how many licenses may be active, or "unlimited"', seatsOf)
    .addOption(
      new Option('--seat-policy <policy>', 'whether who finds no free seat is refused or waits').choices(
        SEAT_POLICIES,
      ),
    )
    .option(
      '--mail-delay <minutes>',
      'between an activation and its first mail, a week at most',
      wholeNumber(0),
    );

export function settingsOf({ ratePlan, seats, seatPolicy, mailDelay }: DomainOptions): DomainChange {
  return {
    ...(ratePlan && { ratePlan }),
    ...(seats !== undefined && { seats: seats === 'unlimited' ? null : seats }),
    ...(seatPolicy && { seatPolicy }),
    ...(mailDelay !== undefined && { mailDelayMinutes: mailDelay }),
  };
}
