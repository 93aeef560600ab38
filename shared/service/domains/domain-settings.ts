import type { RatePlanName } from '../../rate-plan';
import type { AttributeChange } from '../../store/audit/audit';
import { SEAT_POLICIES } from '../../store/domains/counts';
import type { Domain } from '../../store/domains/domain-store';
import type { SeatSettings } from '../../store/licenses/seat-settings';
import { AdminError } from '../admin/admin-error';
import { validateMailDelay, validateName } from '../admin/admin-input';

/** What may be changed of a domain; what is left out, or undefined, stays as it is. */
export interface DomainSettings extends SeatSettings {
  /** 1 to 100 characters in one line. */
  readonly name?: string;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlanName;
  /** Between an activation and its first mail, 0 to 10,080. */
  readonly mailDelayMinutes?: number;
}

/** Those that the domain's own item holds. The seats stand with its counts. */
export type DomainItemSettings = Pick<Domain, 'name' | 'scimEnabled' | 'ratePlan' | 'mailDelayMinutes'>;

export const MAX_SEATS = 100_000_000;
const SETTINGS = ['name', 'scimEnabled', 'ratePlan', 'mailDelayMinutes', 'seats', 'seatPolicy'] as const;

/** The settings that are given, without the space around a name. Throws `AdminError`. */
export function validateSettings(input: DomainSettings): {
  own: Partial<DomainItemSettings>;
  seats?: SeatSettings;
} {
  const { name, mailDelayMinutes, seats, seatPolicy, scimEnabled, ratePlan } = input;
  return {
    own: {
      ...(name !== undefined && { name: validateName(name, 'The name of a domain') }),
      ...(scimEnabled !== undefined && { scimEnabled }),
      ...(ratePlan !== undefined && { ratePlan }),
      ...(mailDelayMinutes !== undefined && { mailDelayMinutes: validateMailDelay(mailDelayMinutes) }),
    },
    ...((seats !== undefined || seatPolicy !== undefined) && { seats: validateSeats({ seats, seatPolicy }) }),
  };
}

/** Of the settings of a domain; one that was not there, or is not any more, is left out on its side. */
export const changesBetween = (before: DomainSettings, after: DomainSettings): AttributeChange[] =>
  SETTINGS.filter((attribute) => before[attribute] !== after[attribute]).map((attribute) => ({
    attribute,
    before: before[attribute],
    after: after[attribute],
  }));

/** All settings of a domain. Without limit there is no number of seats. */
export const withSeats = (own: DomainItemSettings, seats: SeatSettings | undefined): DomainSettings => ({
  ...own,
  ...(seats && { seats: seats.seats ?? undefined, seatPolicy: seats.seatPolicy }),
});

function validateSeats({ seats, seatPolicy }: SeatSettings): SeatSettings {
  const isNumber = typeof seats === 'number';
  if (isNumber && !(Number.isInteger(seats) && seats >= 0 && seats <= MAX_SEATS)) {
    throw new AdminError(`The number of seats is a whole number from 0 to ${MAX_SEATS}, or unlimited.`);
  }
  if (seatPolicy !== undefined && !SEAT_POLICIES.includes(seatPolicy)) {
    throw new AdminError(`The seat policy is one of ${SEAT_POLICIES.join(', ')}.`);
  }
  return { ...(seats !== undefined && { seats }), ...(seatPolicy !== undefined && { seatPolicy }) };
}
