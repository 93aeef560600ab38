import { ScimError } from '../error';
import type { Attributes, Json } from '../resource';

/**
 * Returns a member of a request by its name in any case, or undefined if it is missing. The exact name takes
 * precedence.
 */
export function member(message: Attributes, name: string): Json | undefined {
  if (Object.hasOwn(message, name)) return message[name];
  const key = Object.keys(message).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : message[key];
}

/** Throws `invalidSyntax` if the `schemas` of a request do not include `urn`. `schemas` may be missing. */
export function checkMessage(message: Attributes, urn: string): void {
  const schemas = member(message, 'schemas');
  if (schemas === undefined || schemas === null) return;
  const isExpected = (schema: Json): boolean =>
    typeof schema === 'string' && schema.toLowerCase() === urn.toLowerCase();
  if (![schemas].flat().some(isExpected)) {
    throw ScimError.invalidSyntax(
      `The request was rejected because its schemas do not match this endpoint. Send "schemas": ["${urn}"].`,
    );
  }
}
