import { ERROR_MESSAGE } from '../../../shared/scim/urns';
import type { ClientResponse } from '../system/system';

/** Matches implementation details that must never reach a client. */
const INTERNALS = /\bat .+:\d+:\d+|node:|\.ts\b|\.mjs\b|DynamoDB|ScimData|arn:aws|pepper|ConditionalCheck/i;

/**
 * Fails unless the response is an error (RFC 7644 §3.12) with this status and without implementation details.
 */
export function expectScimError(response: ClientResponse, status: number, scimType?: string): void {
  expect(response).toMatchObject({
    status,
    body: {
      schemas: [ERROR_MESSAGE],
      status: String(status),
      detail: expect.stringMatching(/^.{12,}\.$/s) as string,
    },
  });
  const { body } = response as { body: { scimType?: string; detail: string; error?: string } };
  expect(body.scimType).toBe(scimType);
  // The responses of API Gateway itself are also errors of OAuth.
  if (body.error !== undefined) expect(body).toMatchObject({ error_description: body.detail });
  expect(Object.keys(body).sort()).toEqual([
    'detail',
    ...(body.error === undefined ? [] : ['error', 'error_description']),
    'schemas',
    ...(scimType ? ['scimType'] : []),
    'status',
  ]);
  expect(body.detail).not.toMatch(INTERNALS);
  expect(response.headers.get('content-type')).toBe('application/scim+json');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
}
