import type { DynamoDBRecord } from 'aws-lambda';
import { addressIndexRequestAt } from '../../store/table/address-keys';
import { domainAt, groupAt, type ItemKey } from '../../store/table/keys';

/**
 * The work of a sweep: to sweep a deleted group or, without a `groupId`, a deleted domain; or to index the
 * addresses of a domain.
 */
export interface SweepTask {
  readonly domainId: string;
  readonly groupId?: string;
  readonly indexesAddresses?: true;
}

/** Returns the work that a stream record asks a sweep for. */
export const sweepTaskIn = (record: DynamoDBRecord): SweepTask | undefined =>
  deletionIn(record) ?? indexingIn(record);

/** Returns the group or domain that a stream record reports as deleted, whoever deleted it. */
export function deletionIn(record: DynamoDBRecord): SweepTask | undefined {
  if (record.eventName !== 'REMOVE') return undefined;
  const key = keyIn(record);
  const domainId = domainAt(key);
  return domainId === undefined ? groupAt(key) : { domainId };
}

/** Returns the domain for which a stream record reports a request to index its addresses. */
function indexingIn(record: DynamoDBRecord): SweepTask | undefined {
  if (record.eventName === 'REMOVE') return undefined;
  const domainId = addressIndexRequestAt(keyIn(record));
  return domainId === undefined ? undefined : { domainId, indexesAddresses: true };
}

const keyIn = ({ dynamodb }: DynamoDBRecord): ItemKey => ({
  pk: dynamodb?.Keys?.pk?.S ?? '',
  sk: dynamodb?.Keys?.sk?.S ?? '',
});

/** Reads the task of a message. Throws if the body is not a task, which the dispatcher never sends. */
export function parseSweepTask(body: string): SweepTask {
  const { domainId, groupId, indexesAddresses } = JSON.parse(body) as Partial<
    Record<keyof SweepTask, unknown>
  >;
  if (typeof domainId !== 'string' || domainId === '') throw new Error('The message names no domain.');
  return {
    domainId,
    ...(typeof groupId === 'string' && { groupId }),
    ...(indexesAddresses === true && { indexesAddresses }),
  };
}
