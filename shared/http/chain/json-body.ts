import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ScimError } from '../../scim/error';
import type { Middleware } from './request';
import { lowerCaseNames } from './request';
import type { Route } from './router';

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
 * A missing `Content-Type` is taken for JSON. `expected` says what the request's route has to say about its body.
 */
export function jsonBody(
  expected: (event: APIGatewayProxyEvent) => Route['body'] = () => undefined,
): Middleware {
  const parser = httpJsonBodyParser(PARSER_OPTIONS);

  const before: Middleware['before'] = async (request) => {
    const { event } = request;
    const route = expected(event);
    if (!METHODS_WITH_BODY.has(event.httpMethod) || route === 'ignored') return;
    const contentType = lowerCaseNames(event.headers)['content-type'];
    if (contentType && !MEDIA_TYPE.test(contentType)) {
      throw ScimError.unsupportedMediaType(
        `The body is of type ${contentType}. Send application/scim+json, or application/json.`,
      );
    }
    if (!event.body) throw ScimError.invalidSyntax('The request has no body. Send a JSON object.');
    if (route) checkSize(event, route.maxBytes);
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

/** Before it is parsed: the bytes that the client sent, which API Gateway hands over as text or as base64. */
function checkSize({ body, isBase64Encoded }: APIGatewayProxyEvent, maxBytes: number): void {
  const bytes = Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > maxBytes) {
    throw ScimError.payloadTooLarge(
      `The body has ${bytes} bytes. Send ${maxBytes} at most, and the rest in the next request; nothing was done.`,
    );
  }
}
