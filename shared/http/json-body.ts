import httpJsonBodyParser from '@middy/http-json-body-parser';
import { ScimError } from '../scim/error';
import type { Middleware } from './middleware';
import { lowerCaseNames } from './request';

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const MEDIA_TYPE = /^\s*application\/(scim\+)?json\s*(;|$)/i;

/** `disableContentTypeCheck` is an option of the package, though not of its types. */
const PARSER_OPTIONS = { disableContentTypeCheck: true, reviver: dropProto } as object;

/** `JSON.parse` makes an own property of `__proto__`, which the next careless copy turns into a prototype. */
function dropProto(name: string, value: unknown): unknown {
  return name === '__proto__' ? undefined : value;
}

/**
 * Parses the body of a request that has one. 415 for another media type, 400 `invalidSyntax` for what is no JSON object.
 * A missing `Content-Type` is taken for JSON.
 */
export function jsonBody(): Middleware {
  const parser = httpJsonBodyParser(PARSER_OPTIONS);

  const before: Middleware['before'] = async (request) => {
    const { event } = request;
    if (!METHODS_WITH_BODY.has(event.httpMethod)) return;
    const contentType = lowerCaseNames(event.headers)['content-type'];
    if (contentType && !MEDIA_TYPE.test(contentType)) {
      throw ScimError.unsupportedMediaType(
        `The body is of type ${contentType}. Send application/scim+json, or application/json.`,
      );
    }
    if (!event.body) throw ScimError.invalidSyntax('The request has no body. Send a JSON object.');
    try {
      await parser.before?.(request as never);
    } catch {
      throw ScimError.invalidSyntax('The body is no valid JSON. Send a JSON object in UTF-8.');
    }
    const body: unknown = event.body;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw ScimError.invalidSyntax('The body is JSON, but no object. Send a JSON object.');
    }
  };

  return { before };
}
