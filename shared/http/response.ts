import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Resource } from '../scim/resource';

export const SCIM_MEDIA_TYPE = 'application/scim+json';

/** What a route answers. Header names in lower case. */
export interface ScimResponse {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: object): ScimResponse => ({ status: 200, body });

export const noContent = (): ScimResponse => ({ status: 204 });

/** A resource with the headers that say which version of what it is, whatever was left out of its body. */
export function resourceResponse(
  status: 200 | 201,
  resource: Resource,
  { location, version }: { location: string; version: string },
): ScimResponse {
  return { status, body: resource, headers: { etag: version, location } };
}

/** The answer to a conditional GET of what the client has already. */
export const notModified = (version: string): ScimResponse => ({ status: 304, headers: { etag: version } });

/** Also for errors, whatever `Accept` says: every identity provider takes it. */
export function toProxyResult({ status, body, headers }: ScimResponse): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: { ...(body && { 'content-type': SCIM_MEDIA_TYPE }), ...headers },
    body: body ? JSON.stringify(body) : '',
  };
}
