import type { APIGatewayProxyResult } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { OperationCounts } from '../../store/requests/request-record';
import { acceptsGzip, BodyTooLarge, encodeBody, isShort, type EncodedBody } from './response-body';

const SCIM_MEDIA_TYPE = 'application/scim+json';

/**
 * Responses contain personal data, so no cache may store them. A client that keeps resources itself can still
 * send `If-None-Match`.
 */
const NOT_STORED = { 'cache-control': 'no-store' };

/** The response of a route. Header names are in lower case. */
export interface ScimResponse {
  readonly status: number;
  readonly body?: object;
  /** The JSON in chunks, instead of `body`. Each chunk is created after the previous one is processed. */
  readonly text?: AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Returns the response if the body is too large. @default throws an error that says how to request less */
  readonly ifTooLarge?: () => ScimResponse;
  /** The operations of a bulk, for the record of the request. */
  readonly operations?: OperationCounts;
}

export const ok = (body: object): ScimResponse => ({ status: 200, body });

export const noContent = (): ScimResponse => ({ status: 204 });

/** Responds with a resource that has no version, such as a schema. */
export const okResource = (body: Attributes): ScimResponse => ({
  status: 200,
  body,
  headers: { 'content-location': (body.meta as { location: string }).location },
});

/**
 * Responds to a conditional GET if the client has the current version, with the headers that RFC 9110
 * §15.4.5 requires.
 */
export const notModified = (version: string, location: string): ScimResponse => ({
  status: 304,
  headers: { etag: version, 'content-location': location },
});

/**
 * Converts a response to a Lambda result. The media type is the same for errors and for every `Accept`,
 * because every identity provider accepts it. A body that exceeds Lambda's limit is replaced, because API
 * Gateway would send a 502. `acceptEncoding` is the header of the request.
 */
export async function toProxyResult(
  response: ScimResponse,
  acceptEncoding?: string,
): Promise<APIGatewayProxyResult> {
  const { body, text, ifTooLarge = throwTooLarge } = response;
  const json = body ? JSON.stringify(body) : '';
  if (!text && isShort(json)) return proxyResult(response, { body: json });
  try {
    return proxyResult(response, await encodeBody(text ?? [json], acceptsGzip(acceptEncoding)));
  } catch (error) {
    if (error instanceof BodyTooLarge) return toProxyResult(ifTooLarge());
    throw error;
  }
}

const proxyResult = (
  { status, headers }: ScimResponse,
  { headers: encodingHeaders, ...encoded }: EncodedBody,
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: {
    ...NOT_STORED,
    ...(encoded.body !== '' && { 'content-type': SCIM_MEDIA_TYPE }),
    ...encodingHeaders,
    ...headers,
  },
  ...encoded,
});

function throwTooLarge(): ScimResponse {
  throw ScimError.tooMany(
    'The response is larger than 6 MB. Request fewer resources with count, or fewer attributes with ' +
      'attributes or excludedAttributes, e.g. excludedAttributes=members.',
  );
}
