import type { APIGatewayProxyEvent } from 'aws-lambda';
import { lowerCaseNames } from '../chain/request';
import { Problem } from './problem';

const MEDIA_TYPE = /^\s*application\/json\s*(;|$)/i;

/** The body of a request; a missing `Content-Type` is taken for JSON. 415 for another media type, 400 for what is no JSON. */
export function readJsonBody({ headers, body, isBase64Encoded }: APIGatewayProxyEvent): unknown {
  const contentType = lowerCaseNames(headers)['content-type'];
  if (contentType && !MEDIA_TYPE.test(contentType)) {
    throw Problem.unsupportedMediaType(
      `The body is of type ${contentType.slice(0, 100)}. Send application/json.`,
    );
  }
  if (!body) throw Problem.invalid('The request has no body. Send a JSON object.');
  const value = parseJson(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw Problem.invalid('The body is JSON, but no object. Send a JSON object.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw Problem.invalid('The body is no valid JSON. Send a JSON object in UTF-8.');
  }
}
