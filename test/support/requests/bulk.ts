import type { BulkOperationResponse } from '../../../shared/http/bulk/bulk-run';
import { BULK_REQUEST, BULK_RESPONSE, ERROR_MESSAGE, GROUP_SCHEMA } from '../../../shared/scim/urns';
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

/** Returns an operation that creates an inactive user, who receives no email. */
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

/** Returns an operation that creates a group. `members` are ids or bulkId references. */
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

/** Returns the responses in a successful bulk; fails for any other response. */
export function bulkResponses(response: ClientResponse): BulkOperationResponse[] {
  expect(response).toMatchObject({ status: 200, body: { schemas: [BULK_RESPONSE] } });
  return (response.body as { Operations: BulkOperationResponse[] }).Operations;
}

/**
 * Sends a bulk, and those of its operations again for which the request had no time, as the service asks. On
 * a slow machine, a large bulk takes several requests.
 */
export async function sendBulk(
  domain: DomainClient,
  operations: readonly BulkOperationBody[],
  more: object = {},
): Promise<BulkOperationResponse[]> {
  const responses = bulkResponses(await domain.request('POST', '/Bulk', bulkBody(operations, more)));
  const late = responses.flatMap(({ status }, at) => (status === '503' ? [at] : []));
  if (late.length === 0 || late.length === operations.length) return responses;
  const repeated = await sendBulk(
    domain,
    late.flatMap((at) => operations[at] ?? []),
    more,
  );
  return responses.map((response, at) => repeated[late.indexOf(at)] ?? response);
}

/** Returns the expected properties of a failed operation. */
export const failedOperation = (status: number, more: object = {}) => ({
  status: String(status),
  response: { schemas: [ERROR_MESSAGE], status: String(status), ...more },
});

/** Returns the id at the end of the location of a response. */
export const idFromLocation = ({ location = '' }: BulkOperationResponse): string =>
  location.slice(location.lastIndexOf('/') + 1);
