type Headers = readonly (readonly [name: string, value: string])[];

/** Whether a request's body reaches the function as base64: by its type. */
export const isBinaryBody = (headers: Headers, binaryMediaTypes: readonly string[]): boolean =>
  names(binaryMediaTypes, firstType(headers, 'content-type'));

/**
 * Whether the base64 of a function reaches the client as bytes: by the type of the answer, and by the first type that the
 * client accepts.
 */
export const isBinaryAnswer = (
  type: string | undefined,
  requestHeaders: Headers,
  binaryMediaTypes: readonly string[],
): boolean =>
  names(binaryMediaTypes, withoutParameters(type)) &&
  names(binaryMediaTypes, firstType(requestHeaders, 'accept'));

const names = (binaryMediaTypes: readonly string[], type: string | undefined): boolean =>
  binaryMediaTypes.some((binary) => binary === '*/*' || binary === type);

function firstType(headers: Headers, wanted: string): string | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  return withoutParameters(value?.split(',')[0]);
}

const withoutParameters = (type: string | undefined): string | undefined => type?.split(';')[0]?.trim();
