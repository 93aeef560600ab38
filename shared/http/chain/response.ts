import type { APIGatewayProxyResult } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import { BodyTooLarge, encodeBody } from './response-body';

export const SCIM_MEDIA_TYPE = 'application/scim+json';

/** What a route answers. Header names in lower case. */
export interface ScimResponse {
  readonly status: number;
  readonly body?: object;
  /** Instead of `body`: its JSON in pieces, each made when the one before is done with. */
  readonly text?: AsyncIterable<string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers where the body does not fit. @default an error that tells how to ask for less */
  readonly ifTooLarge?: () => ScimResponse;
}

export const ok = (body: object): ScimResponse => ({ status: 200, body });

export const noContent = (): ScimResponse => ({ status: 204 });

/** The answer to a conditional GET of what the client has already. */
export const notModified = (version: string): ScimResponse => ({ status: 304, headers: { etag: version } });

/**
 * The media type holds for errors too, whatever `Accept` says: every identity provider takes it. No answer is larger than
 * Lambda can give, which a client would see as a 502.
 */
export async function toProxyResult(response: ScimResponse, gzip = false): Promise<APIGatewayProxyResult> {
  const { status, body, text, headers, ifTooLarge = throwTooLarge } = response;
  const chunks = text ?? (body && [JSON.stringify(body)]);
  if (!chunks) return { statusCode: status, headers: { ...headers }, body: '' };
  try {
    const { headers: coding, ...encoded } = await encodeBody(chunks, gzip);
    return {
      statusCode: status,
      headers: { 'content-type': SCIM_MEDIA_TYPE, ...coding, ...headers },
      ...encoded,
    };
  } catch (error) {
    if (error instanceof BodyTooLarge) return toProxyResult(ifTooLarge());
    throw error;
  }
}

function throwTooLarge(): ScimResponse {
  throw ScimError.tooMany(
    'The answer is larger than 6 MB. Ask for fewer resources with count, or for less of each with attributes or ' +
      'excludedAttributes, e.g. excludedAttributes=members.',
  );
}
