import { type Command, Option } from 'commander';
import type { DomainChange, RatePlan, SeatPolicy } from '../../../../portal/src/api/schema';
import { parseAddresses } from '../../options/addresses';
import { numberOrDefault, parseSeats, wholeNumber } from '../../options/numbers';

export interface DomainOptions {
  readonly scimAvailable?: 'yes' | 'no';
  readonly ratePlan?: RatePlan;
  readonly seats?: number | 'unlimited';
  readonly seatPolicy?: SeatPolicy;
  readonly mailDelay?: number;
  readonly mailsPerHour?: number | 'default';
  readonly minutesPerAddress?: number | 'default';
  readonly notify?: readonly string[];
}

// Copied from the OpenAPI document of the admin API; a test compares them.
export const RATE_PLANS: readonly RatePlan[] = ['standard', 'gallery', 'unmetered'];
export const SEAT_POLICIES: readonly SeatPolicy[] = ['refuse', 'wait'];

/** Adds the options for the settings that `domain create` and `domain update` share. */
export const addSettings = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--scim-available <answer>',
        'whether the domain can use SCIM; with "no", SCIM requests are refused immediately',
      ).choices(['yes', 'no']),
    )
    .addOption(new Option('--rate-plan <plan>', 'rate plan, which limits the requests').choices(RATE_PLANS))
    .option('--seats <number>', 'maximum number of active licenses, or "unlimited"', parseSeats)
    .addOption(
      new Option(
        '--seat-policy <policy>',
        'if no seat is free: refuse the activation, or let the user wait',
      ).choices(SEAT_POLICIES),
    )
    .option(
      '--mail-delay <minutes>',
      'minutes between an activation and its first email; at most a week',
      wholeNumber(0),
    )
    .option(
      '--mails-per-hour <number>',
      'maximum number of emails of the domain in an hour, or "default"; more wait',
      numberOrDefault(1),
    )
    .option(
      '--minutes-per-address <minutes>',
      'minutes between two emails to one address, or "default"; 0 for no limit',
      numberOrDefault(0),
    )
    .option(
      '--notify <addresses>',
      'email addresses, separated by commas, that are reminded of expiring keys; or "none"',
      parseAddresses,
    );

/** The API knows the default as null. */
const orNull = (value: number | 'default'): number | null => (value === 'default' ? null : value);

export function settingsOf({
  scimAvailable,
  ratePlan,
  seats,
  seatPolicy,
  mailDelay,
  mailsPerHour,
  minutesPerAddress,
  notify,
}: DomainOptions): DomainChange {
  return {
    ...(scimAvailable && { scimAvailable: scimAvailable === 'yes' }),
    ...(ratePlan && { ratePlan }),
    ...(seats !== undefined && { seats: seats === 'unlimited' ? null : seats }),
    ...(seatPolicy && { seatPolicy }),
    ...(mailDelay !== undefined && { mailDelayMinutes: mailDelay }),
    ...(mailsPerHour !== undefined && { mailsPerHour: orNull(mailsPerHour) }),
    ...(minutesPerAddress !== undefined && { mailMinutesPerAddress: orNull(minutesPerAddress) }),
    ...(notify && { notifyAddresses: notify }),
  };
}
