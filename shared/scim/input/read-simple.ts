import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import { IgnoredValue } from './ignored';
import { MAX_TEXT_LENGTH } from './limits';
import { booleanFromText, numberFromText, simpleFromObject, textFromNumber } from '../quirks';
import { isUnassigned, type Json } from '../resource';
import { isWellFormed } from '../text';
import { nameKeyOf } from '../text/name-key';

/** xsd:dateTime (RFC 7643 §2.3.5). */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
/** Characters that RFC 3986 allows neither in a URI nor in a relative reference. */
const INVALID_IN_URI = /[\s\p{Cc}<>"{}|\\^`]/u;
/** A certificate in PEM. A former version stored it without its spaces. */
const PEM_CERTIFICATE = /^\s*-----BEGIN ?CERTIFICATE-----([^-]*)-----END ?CERTIFICATE-----\s*$/;
const PEM_ARMOR = /-----(?:BEGIN|END)/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads one value of a simple attribute. Returns undefined if the value is unassigned. Throws `invalidValue`,
 * naming `path`, if the value does not have the attribute's type, or `IgnoredValue` if the attribute ignores
 * it.
 */
export function readSimple(attribute: Attribute, input: unknown, path: string): Json | undefined {
  const value = simpleFromObject(input);
  if (isUnassigned(value)) return undefined;
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(value, path);
    case 'integer':
    case 'decimal':
      return readNumber(attribute, value, path);
    case 'string':
      return canonical(attribute, readText(textFromNumber(value), path), path);
    case 'dateTime':
      return readDateTime(readText(value, path), path);
    case 'reference':
      return readReference(readText(value, path, attribute.ignoresTooLong), path);
    case 'binary':
      return readBinary(readText(value, path), path);
    case 'complex':
      throw new TypeError(`${path} is complex`);
  }
}

/** Creates the 400 `invalidValue` for a value. `reason` completes "because …", and `advice` is a sentence. */
export const invalidValue = (path: string, reason: string, advice: string): ScimError =>
  ScimError.invalidValue(`The value of ${path} is not valid because ${reason}. ${advice}`);

/** Reads `"False"` as false. Its truth value in JavaScript would reactivate users who were deactivated. */
function readBoolean(input: unknown, path: string): boolean {
  const value = booleanFromText(input);
  if (typeof value !== 'boolean') throw invalidValue(path, 'it is not a boolean', 'Send true or false.');
  return value;
}

/** Reads a number that can be stored exactly. */
function readNumber({ type }: Attribute, input: unknown, path: string): number {
  const value = numberFromText(input);
  if (typeof value !== 'number' || (type === 'integer' && !Number.isInteger(value)))
    throw invalidValue(path, `it is not a number (${type})`, 'Send a number.');
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw invalidValue(path, 'it is a number beyond 2^53', 'Send a number closer to 0.');
  return value;
}

/** Returns whether a string is neither too long to be stored, nor without a UTF-8 form. */
export const isStorable = (text: string): boolean => text.length <= MAX_TEXT_LENGTH && isWellFormed(text);

/**
 * Reads a string that can be stored. Throws `invalidValue` if it is too long or has no UTF-8 form. With
 * `ignoresTooLong`, throws `IgnoredValue` if it is too long.
 */
export function readText(value: unknown, path: string, ignoresTooLong = false): string {
  if (typeof value !== 'string') throw invalidValue(path, 'it is not a string', 'Send a string.');
  if (isStorable(value)) return value;
  if (value.length > MAX_TEXT_LENGTH) {
    const refusal = invalidValue(
      path,
      `it has ${value.length} characters, and the limit is ${MAX_TEXT_LENGTH}`,
      'Send a shorter value.',
    );
    throw ignoresTooLong ? new IgnoredValue(refusal.detail) : refusal;
  }
  throw invalidValue(path, 'it contains half of a surrogate pair', 'Send valid Unicode.');
}

/**
 * Returns the canonical spelling of a value, if the attribute allows only its canonical values. Throws
 * `IgnoredValue` if it ignores others.
 */
function canonical({ closed, canonicalValues = [] }: Attribute, text: string, path: string): string {
  if (!closed) return text;
  const key = nameKeyOf(text);
  const found = canonicalValues.find((value) => nameKeyOf(value) === key);
  if (found !== undefined) return found;
  const refusal = invalidValue(
    path,
    'it is not an allowed value',
    `Send one of: ${canonicalValues.join(', ')}.`,
  );
  throw closed === 'ignore' ? new IgnoredValue(refusal.detail) : refusal;
}

function readDateTime(text: string, path: string): string {
  if (!DATE_TIME.test(text) || Number.isNaN(Date.parse(text))) {
    throw invalidValue(path, 'it is not a date and time', 'Send one such as 2026-01-31T12:00:00Z.');
  }
  return text;
}

function readReference(text: string, path: string): string {
  if (INVALID_IN_URI.test(text)) {
    throw invalidValue(path, 'it is not a URI', 'Percent-encode spaces and special characters.');
  }
  return text;
}

/**
 * Reads base64, also a certificate in PEM (RFC 7468), whose armor is removed. Removes white space, because
 * many tools put line breaks into base64.
 */
function readBinary(text: string, path: string): string {
  const compact = (PEM_CERTIFICATE.exec(text)?.[1] ?? text).replace(/\s+/g, '');
  // The alphabet of base64url has `-`, so the armor of other PEM texts would pass for base64.
  if (PEM_ARMOR.test(compact) || !BASE64.test(compact))
    throw invalidValue(path, 'it is not base64', 'Encode it as base64, or send one certificate in PEM.');
  return compact;
}
