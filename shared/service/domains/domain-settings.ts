import { isDeepStrictEqual } from 'node:util';
import type { RatePlanName } from '../../limits/rate-plan';
import type { Json } from '../../scim/resource';
import type { AttributeChange } from '../../store/audit/audit';
import type { Domain } from '../../store/domains/domain-store';
import type { SeatSettings } from '../../store/licenses/seat-settings';
import {
  validateMailDelay,
  validateMailsPerHour,
  validateMinutesPerAddress,
  validateName,
  validateNotifyAddresses,
  validateSeats,
} from '../admin/admin-input';

/** The settings of a domain that a request changes. An absent or undefined setting keeps its value. */
export interface DomainSettings extends SeatSettings {
  readonly name?: string;
  readonly scimAvailable?: boolean;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlanName;
  /** The time between an activation and its first email. */
  readonly mailDelayMinutes?: number;
  /** Whether the emails of the domain wait. */
  readonly mailPaused?: boolean;
  /** The time between two emails to one address; null for that of the deployment. */
  readonly mailMinutesPerAddress?: number | null;
  /** The number of emails in an hour; null for that of the deployment. */
  readonly mailsPerHour?: number | null;
  /** The addresses that get emails about the domain. An empty list removes them. */
  readonly notifyAddresses?: readonly string[];
}

/** The settings that the item of the domain holds. The item of the counts holds the seats. */
export type DomainItemSettings = Pick<
  Domain,
  | 'name'
  | 'scimAvailable'
  | 'scimEnabled'
  | 'ratePlan'
  | 'mailDelayMinutes'
  | 'mailPaused'
  | 'mailMinutesPerAddress'
  | 'mailsPerHour'
  | 'notifyAddresses'
>;

const SETTINGS = [
  'name',
  'scimAvailable',
  'scimEnabled',
  'ratePlan',
  'mailDelayMinutes',
  'mailPaused',
  'mailMinutesPerAddress',
  'mailsPerHour',
  'notifyAddresses',
  'seats',
  'seatPolicy',
] as const;

/** Returns the given settings, with the name trimmed. Throws `AdminError` if one is not valid. */
export function validateSettings(input: DomainSettings): {
  itemSettings: Partial<DomainItemSettings>;
  seats?: SeatSettings;
} {
  const { name, scimAvailable, scimEnabled, ratePlan, mailDelayMinutes, notifyAddresses } = input;
  const { seats, seatPolicy, mailPaused, mailMinutesPerAddress, mailsPerHour } = input;
  return {
    itemSettings: {
      ...(name !== undefined && { name: validateName(name, 'The name of a domain') }),
      ...(scimAvailable !== undefined && { scimAvailable }),
      ...(scimEnabled !== undefined && { scimEnabled }),
      ...(ratePlan !== undefined && { ratePlan }),
      ...(mailDelayMinutes !== undefined && { mailDelayMinutes: validateMailDelay(mailDelayMinutes) }),
      ...(mailPaused !== undefined && { mailPaused }),
      ...(mailMinutesPerAddress !== undefined && {
        mailMinutesPerAddress: validateMinutesPerAddress(mailMinutesPerAddress),
      }),
      ...(mailsPerHour !== undefined && { mailsPerHour: validateMailsPerHour(mailsPerHour) }),
      ...(notifyAddresses !== undefined && { notifyAddresses: validateNotifyAddresses(notifyAddresses) }),
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
  SETTINGS.map((attribute) => ({
    attribute,
    before: auditedValue(before[attribute]),
    after: auditedValue(after[attribute]),
  })).filter((change) => !isDeepStrictEqual(change.before, change.after));

/** An empty list is an unset setting. */
const auditedValue = (value: DomainSettings[(typeof SETTINGS)[number]]): Json | undefined =>
  isList(value) ? (value.length === 0 ? undefined : [...value]) : value;

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** Returns all settings of a domain. `seats` is undefined if their number is not limited. */
export const withSeats = (settings: DomainItemSettings, seats: SeatSettings | undefined): DomainSettings => ({
  ...settings,
  ...(seats && { seats: seats.seats ?? undefined, seatPolicy: seats.seatPolicy }),
});
