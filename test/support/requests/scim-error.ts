import { ERROR_MESSAGE } from '../../../shared/scim/urns';
import type { ClientResponse } from '../system/system';

/** What must never reach a client: how the service is built, and what it runs on. */
const INTERNALS = /\bat .+:\d+:\d+|node:|\.ts\b|\.mjs\b|DynamoDB|ScimData|arn:aws|pepper|ConditionalCheck/i;

/** Fails unless the answer is the error of RFC 7644 §3.12 with this status, and tells nothing of the inside. */
export function expectScimError(answer: ClientResponse, status: number, scimType?: string): void {
  expect(answer).toMatchObject({
    status,
    body: {
      schemas: [ERROR_MESSAGE],
      status: String(status),
      detail: expect.stringMatching(/^.{12,}\.$/s) as string,
    },
  });
  const { body } = answer as { body: { scimType?: string; detail: string } };
  expect(body.scimType).toBe(scimType);
  expect(Object.keys(body).sort()).toEqual([
    'detail',
    'schemas',
    ...(scimType ? ['scimType'] : []),
    'status',
  ]);
  expect(body.detail).not.toMatch(INTERNALS);
  expect(answer.headers.get('content-type')).toBe('application/scim+json');
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
}
