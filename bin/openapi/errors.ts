import type { ScimRoute } from '../../shared/http/chain/scim-route';
import type { JsonSchema } from './json-schema';
import type { OperationText } from './operation';

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
};

interface ErrorText {
  readonly description: string;
  readonly headers?: JsonSchema;
}

/** The errors of all operations, by status. `5XX` stands for all faults of the service. */
const ERRORS: Readonly<Record<string, ErrorText>> = {
  400: { description: 'The request is not valid. `detail` says what to change, and `scimType` how' },
  401: {
    description: 'The credential is missing, malformed, unknown, expired, or revoked',
    headers: { 'WWW-Authenticate': { description: 'The scheme Bearer.', schema: { type: 'string' } } },
  },
  403: { description: 'SCIM is disabled or not available, no seat is free, or the filter is not allowed' },
  404: { description: 'The domain has no such resource' },
  409: { description: 'Another resource has the name' },
  412: { description: '`If-Match` contains another version' },
  413: { description: 'The request is too large' },
  415: { description: 'The body has another media type or charset' },
  429: { description: 'The rate plan of the domain is used up', headers: RETRY_AFTER },
  '5XX': {
    description: 'A fault of the service (500, 502, 504), or it is busy (503). Send the request again',
    headers: RETRY_AFTER,
  },
};

const nameOf = (status: string): string => `Error${status}`;

/** Returns `components.responses`. */
export const errorComponents = (content: JsonSchema): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(ERRORS).map(([status, { description, headers }]) => [
      nameOf(status),
      { description, ...(headers && { headers }), content },
    ]),
  );

/** Returns the errors that an operation can have, as references by status. */
export function errorResponses(
  { method, path }: Pick<ScimRoute, 'method' | 'path'>,
  { request, parameters }: OperationText,
): Record<string, JsonSchema> {
  const namesResource = /^\/(Users|Groups)/.test(path) && request !== undefined && !path.endsWith('.search');
  const can: Readonly<Record<string, boolean>> = {
    404: path.includes('{id}'),
    409: namesResource && ['POST', 'PUT', 'PATCH'].includes(method),
    412: parameters.includes('ifMatch'),
    413: request !== undefined,
    415: request !== undefined,
  };
  return Object.fromEntries(
    Object.keys(ERRORS)
      .filter((status) => can[status] ?? true)
      .map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
  );
}
