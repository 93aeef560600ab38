import type { BulkOperationResponse } from '../../../shared/http/bulk/bulk-run';
import { BULK_REQUEST, BULK_RESPONSE, GROUP_SCHEMA } from '../../../shared/scim/urns';
import { userBody } from './bodies';
import type { ClientResponse, DomainClient } from '../system/system';

export interface BulkOperationBody {
  readonly method: string;
  readonly path?: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly data?: unknown;
}

export const bulkBody = (Operations: readonly BulkOperationBody[], more: object = {}): object => ({
  schemas: [BULK_REQUEST],
  Operations,
  ...more,
});

/** Creates a user whom no mail is sent to. */
export const createUserOperation = (
  bulkId: string,
  userName: string,
  more: object = {},
): BulkOperationBody => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: userBody(userName, { active: false, ...more }),
});

/** Creates a group; `members` are ids or references. */
export const createGroupOperation = (
  bulkId: string,
  displayName: string,
  ...members: string[]
): BulkOperationBody => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP_SCHEMA], displayName, members: members.map((value) => ({ value })) },
});

/** The answers in a bulk that was done; fails for anything else. */
export function bulkResponses(answer: ClientResponse): BulkOperationResponse[] {
  expect(answer).toMatchObject({ status: 200, body: { schemas: [BULK_RESPONSE] } });
  return (answer.body as { Operations: BulkOperationResponse[] }).Operations;
}

export const sendBulk = async (
  domain: DomainClient,
  operations: readonly BulkOperationBody[],
  more: object = {},
): Promise<BulkOperationResponse[]> =>
  bulkResponses(await domain.request('POST', '/Bulk', bulkBody(operations, more)));

export const idFromLocation = ({ location = '' }: BulkOperationResponse): string =>
  location.slice(location.lastIndexOf('/') + 1);
