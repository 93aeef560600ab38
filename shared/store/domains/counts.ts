import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { countsKey, domainOfCounts } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/transaction';
import type { StreamImage } from '../table/stream-record';

export interface DomainCounts {
  readonly domainId: string;
  readonly counts: SeatCounts;
}

/** The counts of a domain in an image of the table's stream; undefined for any other item. */
export function countsInImage(image: StreamImage | undefined): DomainCounts | undefined {
  const domainId = domainOfCounts({ pk: image?.pk?.S ?? '', sk: image?.sk?.S ?? '' });
  if (domainId === undefined) return undefined;
  const number = (name: string): number | undefined => {
    const text = image?.[name]?.N;
    return text === undefined ? undefined : Number(text);
  };
  return {
    domainId,
    counts: fromCountsItem({
      users: number('users'),
      groups: number('groups'),
      activeLicenses: number('activeLicenses'),
      pendingLicenses: number('pendingLicenses'),
      seats: number('seats'),
      seatPolicy: image?.seatPolicy?.S,
    }),
  };
}

/** How many of each a domain has; changed in the transaction that changes what is counted. */
export interface Counts {
  readonly users: number;
  readonly groups: number;
  readonly activeLicenses: number;
  /** Licenses that wait for a seat. */
  readonly pendingLicenses: number;
}

/** What becomes of a user who is to be active when no seat is free: an error, or a license that waits for a seat. */
export const SEAT_POLICIES = ['refuse', 'wait'] as const;
export type SeatPolicy = (typeof SEAT_POLICIES)[number];

/** The seats of a domain stand with its counts, so that one write can compare them. */
export interface SeatCounts extends Counts {
  /** How many licenses may be active; absent, any number. */
  readonly seats?: number;
  readonly seatPolicy: SeatPolicy;
}

/** What has to hold for a change of the counts, and the error where it does not. */
export interface CountsCondition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, number | string>>;
  readonly conditionError: () => Error;
}

/** Requests that came in before their domain was deleted must not make anything that nobody would sweep up. */
const NOT_DELETED = 'attribute_not_exists(deletedAt)';
const domainDeleted = () =>
  ScimError.forbidden('This domain was deleted. Ask the operator of this service for another one.');

/** The write that adds `change` to the counts, of a domain that exists. Additions commute, so that most need no more than that. */
export function countsWrite(domainId: string, change: Partial<Counts>, condition?: CountsCondition): Write {
  const changed = Object.entries(change).filter(([, by]) => by !== 0);
  return {
    Update: {
      Key: countsKey(domainId),
      UpdateExpression: `ADD ${changed.map(([name]) => `#${name} :${name}`).join(', ')}`,
      ConditionExpression: condition ? `${NOT_DELETED} AND (${condition.expression})` : NOT_DELETED,
      ExpressionAttributeNames: Object.fromEntries(changed.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(changed.map(([name, by]) => [`:${name}`, by])),
        ...condition?.values,
      },
    },
    conditionError: condition?.conditionError ?? domainDeleted,
  };
}

export async function readCounts(table: Table, domainId: string): Promise<SeatCounts> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: countsKey(domainId), ConsistentRead: true }),
  );
  return fromCountsItem(Item);
}

/** A domain of which nothing was counted yet has no item. */
export function fromCountsItem(item: Record<string, unknown> = {}): SeatCounts {
  const {
    users = 0,
    groups = 0,
    activeLicenses = 0,
    pendingLicenses = 0,
    seats,
    seatPolicy = 'refuse',
  } = item as Partial<SeatCounts>;
  return {
    users,
    groups,
    activeLicenses,
    pendingLicenses,
    ...(seats !== undefined && { seats }),
    seatPolicy,
  };
}
