type Headers = readonly (readonly [name: string, value: string])[];

/** Returns whether a request's body reaches the function as base64, which depends on its content type. */
export const isBinaryBody = (headers: Headers, binaryMediaTypes: readonly string[]): boolean =>
  includes(binaryMediaTypes, firstType(headers, 'content-type'));

/**
 * Returns whether a function's base64 reaches the client as bytes. This depends on the content type of the
 * response, and on the first type that the client accepts.
 */
export const isBinaryResponse = (
  type: string | undefined,
  requestHeaders: Headers,
  binaryMediaTypes: readonly string[],
): boolean =>
  includes(binaryMediaTypes, withoutParameters(type)) &&
  includes(binaryMediaTypes, firstType(requestHeaders, 'accept'));

const includes = (binaryMediaTypes: readonly string[], type: string | undefined): boolean =>
  binaryMediaTypes.some((binary) => binary === '*/*' || binary === type);

function firstType(headers: Headers, wanted: string): string | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  return withoutParameters(value?.split(',')[0]);
}

const withoutParameters = (type: string | undefined): string | undefined => type?.split(';')[0]?.trim();
