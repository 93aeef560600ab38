import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isDeeperThan } from './json-depth';
import { lowerCaseNames } from './request';

/** Far more levels than any request needs. The limit bounds the recursion over a body. */
const MAX_DEPTH = 100;

export interface JsonBodyOptions {
  /** Accepted media types in lower case. A missing `Content-Type` counts as JSON. */
  readonly mediaTypes: readonly string[];
  /** Creates the error for another media type. */
  readonly unsupportedMediaType: (detail: string) => Error;
  /** Creates the error for a body that is not a JSON object. */
  readonly invalid: (detail: string) => Error;
  /** Converts each parsed value, as in `JSON.parse`. @default values stay as they are */
  readonly reviver?: (name: string, value: unknown) => unknown;
}

/**
 * Reads the body of a request. `checkSize` gets the number of bytes that the client sent, before they are
 * parsed.
 */
export type JsonBodyReader = (
  event: APIGatewayProxyEvent,
  checkSize?: (bytes: number) => void,
) => Promise<object>;

/** Creates the body reader of an API. It accepts JSON objects only. */
export function createJsonBodyReader(options: JsonBodyOptions): JsonBodyReader {
  // `disableContentTypeCheck` is missing in the types of the package.
  const parser = httpJsonBodyParser({ disableContentTypeCheck: true, reviver: options.reviver } as object);

  return async (event, checkSize) => {
    const contentType = lowerCaseNames(event.headers)['content-type'];
    if (contentType && !options.mediaTypes.includes(mediaTypeIn(contentType))) {
      throw options.unsupportedMediaType(
        `The media type ${contentType.slice(0, 100)} is not supported. ` +
          `Send ${options.mediaTypes.join(' or ')}.`,
      );
    }
    if (!event.body) throw options.invalid('The request has no body. Send a JSON object.');
    // API Gateway passes the bytes on as text or as base64.
    checkSize?.(Buffer.byteLength(event.body, event.isBase64Encoded ? 'base64' : 'utf8'));
    const request = { event: { ...event } };
    try {
      await parser.before?.(request as never);
    } catch (error) {
      if (isStackOverflow(error)) throw options.invalid(TOO_DEEP);
      throw options.invalid('The body is not valid JSON. Send a JSON object in UTF-8.');
    }
    const body: unknown = request.event.body;
    if (isDeeperThan(MAX_DEPTH, body)) throw options.invalid(TOO_DEEP);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
    throw options.invalid('The body is JSON, but not an object. Send a JSON object.');
  };
}

const TOO_DEEP =
  `The body nests objects and arrays in more than ${MAX_DEPTH} levels, and nothing was changed. ` +
  'Send a body with fewer levels.';

/** Returns whether the parser has failed because the reviver is called recursively. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof Error && /call stack/i.test(String((error.cause as Partial<Error> | undefined)?.message));

const mediaTypeIn = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();
