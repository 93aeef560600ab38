import type { RatePlanName } from '../../rate-plan';
import type { AttributeChange } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import type { SeatSettings } from '../../store/licenses/seat-settings';
import { validateMailDelay, validateName, validateSeats } from '../admin/admin-input';

/** The settings of a domain that a request changes. An absent or undefined setting keeps its value. */
export interface DomainSettings extends SeatSettings {
  readonly name?: string;
  readonly scimAvailable?: boolean;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlanName;
  /** The time between an activation and its first email. */
  readonly mailDelayMinutes?: number;
}

/** The settings that the item of the domain holds. The item of the counts holds the seats. */
export type DomainItemSettings = Pick<
  Domain,
  'name' | 'scimAvailable' | 'scimEnabled' | 'ratePlan' | 'mailDelayMinutes'
>;

const SETTINGS = [
  'name',
  'scimAvailable',
  'scimEnabled',
  'ratePlan',
  'mailDelayMinutes',
  'seats',
  'seatPolicy',
] as const;

/** Returns the given settings, with the name trimmed. Throws `AdminError` if one is not valid. */
export function validateSettings(input: DomainSettings): {
  itemSettings: Partial<DomainItemSettings>;
  seats?: SeatSettings;
} {
  const { name, mailDelayMinutes, seats, seatPolicy, scimAvailable, scimEnabled, ratePlan } = input;
  return {
    itemSettings: {
      ...(name !== undefined && { name: validateName(name, 'The name of a domain') }),
      ...(scimAvailable !== undefined && { scimAvailable }),
      ...(scimEnabled !== undefined && { scimEnabled }),
      ...(ratePlan !== undefined && { ratePlan }),
      ...(mailDelayMinutes !== undefined && { mailDelayMinutes: validateMailDelay(mailDelayMinutes) }),
    },
    ...((seats !== undefined || seatPolicy !== undefined) && {
      seats: {
        ...(seats !== undefined && { seats: validateSeats(seats) }),
        ...(seatPolicy !== undefined && { seatPolicy }),
      },
    }),
  };
}

/** Returns the changed settings. The side on which a setting is unset is undefined. */
export const changesBetween = (before: DomainSettings, after: DomainSettings): AttributeChange[] =>
  SETTINGS.filter((attribute) => before[attribute] !== after[attribute]).map((attribute) => ({
    attribute,
    before: before[attribute],
    after: after[attribute],
  }));

/** Returns all settings of a domain. `seats` is undefined if their number is not limited. */
export const withSeats = (settings: DomainItemSettings, seats: SeatSettings | undefined): DomainSettings => ({
  ...settings,
  ...(seats && { seats: seats.seats ?? undefined, seatPolicy: seats.seatPolicy }),
});
