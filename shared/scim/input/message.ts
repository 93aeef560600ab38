import { ScimError } from '../error';
import type { Attributes, Json } from '../resource';

/** A member of a request by its name in any case; undefined where there is none. */
export function member(message: Attributes, name: string): Json | undefined {
  const key = Object.keys(message).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : message[key];
}

/** Throws `invalidSyntax` where the `schemas` of a request name another message than `urn`; they may lack. */
export function checkMessage(message: Attributes, urn: string): void {
  const schemas = member(message, 'schemas');
  if (schemas === undefined || schemas === null) return;
  const isWanted = (each: Json): boolean =>
    typeof each === 'string' && each.toLowerCase() === urn.toLowerCase();
  if (![schemas].flat().some(isWanted)) {
    throw ScimError.invalidSyntax(`The request has other schemas than this path takes. Send ["${urn}"].`);
  }
}
