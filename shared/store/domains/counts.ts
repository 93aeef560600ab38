import { ScimError } from '../../scim/error';
import { countsKey, domainOfCounts } from '../table/keys';
import { optionalNumber, optionalOneOf, optionalText, type Item } from '../table/read-item';
import { itemOfImage, type StreamImage } from '../table/stream-record';
import type { Table } from '../table/table';
import type { Condition } from '../table/expressions';
import type { Write } from '../table/write';

export interface DomainCounts {
  readonly domainId: string;
  readonly counts: SeatCounts;
}

/** Returns the counts of a domain from an image of the stream; undefined for any other item. */
export function countsInImage(image: StreamImage | undefined): DomainCounts | undefined {
  const domainId = domainOfCounts({ pk: image?.pk?.S ?? '', sk: image?.sk?.S ?? '' });
  if (!image || domainId === undefined) return undefined;
  return { domainId, counts: readCountsItem(itemOfImage(image)) };
}

/**
 * The number of each kind of object in a domain. A change of an object changes its count in the same
 * transaction.
 */
export interface Counts {
  readonly users: number;
  readonly groups: number;
  readonly activeLicenses: number;
  /** Licenses in the queue for a seat. */
  readonly pendingLicenses: number;
}

/**
 * The effect of an activation without a free seat: `refuse` is an error, `wait` puts the license into the
 * queue for a seat.
 */
export const SEAT_POLICIES = ['refuse', 'wait'] as const;
export type SeatPolicy = (typeof SEAT_POLICIES)[number];

/** The counts and the seats of a domain. They share an item, so that one write can compare them. */
export interface SeatCounts extends Counts {
  /** The largest number of active licenses; absent if there is no limit. */
  readonly seats?: number;
  readonly seatPolicy: SeatPolicy;
  /** Present if the domain is deleted; RFC 3339, UTC. */
  readonly deletedAt?: string;
}

/** A condition on a change of the counts, and the error if it fails. */
export interface CountsCondition extends Condition {
  readonly conditionError: () => Error;
}

/**
 * A request that began before its domain was deleted must not create data, because the sweep might miss it.
 */
const NOT_DELETED = 'attribute_not_exists(deletedAt)';

export const domainDeleted = (): ScimError =>
  ScimError.forbidden('This domain was deleted. Ask the operator of this service for another one.');

/**
 * Returns the write that adds `change` to the counts of a domain. The write fails if the domain is deleted.
 * Additions commute, so most changes need no other condition.
 */
export function countsWrite(domainId: string, change: Partial<Counts>, condition?: CountsCondition): Write {
  return {
    update: countsKey(domainId),
    add: Object.fromEntries(Object.entries(change).filter(([, delta]) => delta !== 0)),
    condition: condition
      ? { expression: `${NOT_DELETED} AND (${condition.expression})`, values: condition.values }
      : { expression: NOT_DELETED },
    conditionError: condition?.conditionError ?? domainDeleted,
  };
}

export const readCounts = async (table: Table, domainId: string): Promise<SeatCounts> =>
  readCountsItem(await table.get(countsKey(domainId)));

/** Reads counts from their item. A domain in which nothing was counted yet has no item. */
export function readCountsItem(item: Item = {}): SeatCounts {
  const seats = optionalNumber(item, 'seats');
  const deletedAt = optionalText(item, 'deletedAt');
  return {
    users: optionalNumber(item, 'users') ?? 0,
    groups: optionalNumber(item, 'groups') ?? 0,
    activeLicenses: optionalNumber(item, 'activeLicenses') ?? 0,
    pendingLicenses: optionalNumber(item, 'pendingLicenses') ?? 0,
    ...(seats !== undefined && { seats }),
    seatPolicy: optionalOneOf(item, 'seatPolicy', SEAT_POLICIES) ?? 'refuse',
    ...(deletedAt !== undefined && { deletedAt }),
  };
}
