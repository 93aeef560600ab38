import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isJsonDeeperThan, MAX_JSON_DEPTH } from '../../scim/text/json-depth';
import { decodeUtf8, isDecodedUtf8, withoutByteOrderMark } from '../../scim/text/utf8';
import { headerOf } from './request';

export interface JsonBodyOptions {
  /** Accepted media types in lower case. A missing `Content-Type` counts as JSON. */
  readonly mediaTypes: readonly string[];
  /** Creates the error for another media type, or for another charset than UTF-8. */
  readonly unsupportedMediaType: (detail: string) => Error;
  /** Creates the error for a body that is not a JSON object. */
  readonly invalid: (detail: string) => Error;
  /**
   * Drops each `__proto__`. `JSON.parse` makes it an own property, which a careless copy would turn into a
   * prototype.
   * @default false
   */
  readonly dropsPrototypes?: boolean;
}

/**
 * Reads the body of a request. `checkSize` gets the number of bytes that the client sent, before they are
 * parsed.
 */
export type JsonBodyReader = (
  event: APIGatewayProxyEvent,
  checkSize?: (bytes: number) => void,
) => Promise<object>;

// `disableContentTypeCheck` is missing in the types of the package.
const plainParser = httpJsonBodyParser({ disableContentTypeCheck: true } as object);
const parserWithoutPrototypes = httpJsonBodyParser({
  disableContentTypeCheck: true,
  reviver: (name: string, value: unknown) => (name === '__proto__' ? undefined : value),
} as object);

/** An escape of one of the letters of `__proto__`, such as `\u005f`, or of a similar one. */
const ESCAPED_LETTER = /\\u00[567]/;

/**
 * Returns false if no name in a JSON text is `__proto__`. Parsing with a reviver takes several times as long.
 */
const mayNamePrototype = (text: string): boolean => text.includes('__proto__') || ESCAPED_LETTER.test(text);

/** Creates the body reader of an API. It accepts only JSON objects in UTF-8. */
export function createJsonBodyReader(options: JsonBodyOptions): JsonBodyReader {
  return async (event, checkSize) => {
    const contentType = headerOf(event, 'content-type');
    if (contentType && !options.mediaTypes.includes(mediaTypeIn(contentType))) {
      throw options.unsupportedMediaType(
        `The media type ${contentType.slice(0, 100)} is not supported. ` +
          `Send ${options.mediaTypes.join(' or ')}.`,
      );
    }
    if (contentType && !declaresUtf8(contentType)) {
      throw options.unsupportedMediaType(
        `The content type ${contentType.slice(0, 100)} declares a charset other than UTF-8. ` +
          'Send the body in UTF-8, with charset=utf-8 or without a charset.',
      );
    }
    if (!event.body) throw options.invalid('The request has no body. Send a JSON object.');
    // API Gateway passes the bytes on as text or as base64.
    checkSize?.(Buffer.byteLength(event.body, event.isBase64Encoded ? 'base64' : 'utf8'));
    const text = textOf(event);
    if (text === undefined) {
      throw options.invalid('The body is not UTF-8, and nothing was changed. Encode the body as UTF-8.');
    }
    if (isJsonDeeperThan(MAX_JSON_DEPTH, text)) throw options.invalid(TOO_DEEP);
    const request = { event: { ...event, body: text, isBase64Encoded: false } };
    const parser = options.dropsPrototypes && mayNamePrototype(text) ? parserWithoutPrototypes : plainParser;
    try {
      await parser.before?.(request as never);
    } catch {
      throw options.invalid('The body is not valid JSON. Send a JSON object in UTF-8.');
    }
    const body: unknown = request.event.body;
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
    throw options.invalid('The body is JSON, but not an object. Send a JSON object.');
  };
}

const TOO_DEEP =
  `The body nests objects and arrays in more than ${MAX_JSON_DEPTH} levels, and nothing was changed. ` +
  'Send a body with fewer levels.';

/**
 * Returns the text of the body without a byte order mark, or undefined if the body is not UTF-8. An API
 * without binary media types gets its bodies as text, in which API Gateway has replaced invalid bytes.
 */
function textOf({ body, isBase64Encoded }: APIGatewayProxyEvent): string | undefined {
  if (isBase64Encoded) return decodeUtf8(Buffer.from(body ?? '', 'base64'));
  const text = body ?? '';
  return isDecodedUtf8(text) ? withoutByteOrderMark(text) : undefined;
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/gi;

/** Returns whether a content type declares UTF-8 or no charset. Some clients write `utf8`. */
const declaresUtf8 = (contentType: string): boolean =>
  [...contentType.matchAll(CHARSET)].every(([, charset = '']) => /^(utf-?8)?$/i.test(charset));

const mediaTypeIn = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();
