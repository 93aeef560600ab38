import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isDecodedUtf8 } from '../../scim/text/utf8';

type Query = APIGatewayProxyEvent['queryStringParameters'];

/**
 * Returns the query parameters of a request, which API Gateway has decoded. Throws the error that `invalid`
 * creates if the query was not UTF-8.
 */
export function readQuery(
  query: Query,
  invalid: (detail: string) => Error,
): Readonly<Record<string, string | undefined>> {
  const parameters = query ?? {};
  for (const [name, value] of Object.entries(parameters)) {
    if (isDecodedUtf8(name) && isDecodedUtf8(value ?? '')) continue;
    throw invalid('The query string is not UTF-8. Percent-encode its parameters as UTF-8.');
  }
  return parameters;
}
