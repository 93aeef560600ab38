import type { SeatPolicy } from '../domains/counts';
import { countsKey } from '../table/keys';
import type { Write } from '../table/transaction';

/** What an administrator sets; what is left out stays as it is. */
export interface SeatSettings {
  /** How many licenses may be active; null: any number. */
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
}

/**
 * The write that sets the seats of a domain. It is seen in the table's stream though it may change no number, so that whoever
 * waits gets the seats that are free; the counts are there from here on, to be compared with.
 */
export function seatSettingsWrite(domainId: string, { seats, seatPolicy }: SeatSettings, at: string): Write {
  const isLimit = typeof seats === 'number';
  const set = [
    'wokenAt = :at',
    'activeLicenses = if_not_exists(activeLicenses, :none)',
    'pendingLicenses = if_not_exists(pendingLicenses, :none)',
    ...(isLimit ? ['seats = :seats'] : []),
    ...(seatPolicy ? ['seatPolicy = :policy'] : []),
  ];
  return {
    Update: {
      Key: countsKey(domainId),
      UpdateExpression: `SET ${set.join(', ')}${seats === null ? ' REMOVE seats' : ''}`,
      ExpressionAttributeValues: {
        ':at': at,
        ':none': 0,
        ...(isLimit && { ':seats': seats }),
        ...(seatPolicy && { ':policy': seatPolicy }),
      },
    },
  };
}
