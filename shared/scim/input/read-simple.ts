import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import { MAX_TEXT_LENGTH } from './limits';
import { booleanFromText, simpleFromObject, textFromNumber } from '../quirks';
import { isUnassigned, type Json } from '../resource';
import { isWellFormed } from '../text';

/** xsd:dateTime (RFC 7643 §2.3.5). */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
/** What RFC 3986 lets stand in no URI and no relative reference. */
const NO_URI = /[\s\p{Cc}<>"{}|\\^`]/u;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads one value of an attribute without parts; undefined where it is unassigned. Throws `invalidValue` where it is not of
 * the attribute's type. `path` names the value in the error.
 */
export function readSimple(attribute: Attribute, sent: unknown, path: string): Json | undefined {
  const value = simpleFromObject(sent);
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
      return readReference(readText(value, path), path);
    case 'binary':
      return readBinary(readText(value, path), path);
    case 'complex':
      throw new TypeError(`${path} has parts`);
  }
}

/** JavaScript's own truth of `"False"` would let leavers in again. */
function readBoolean(sent: unknown, path: string): boolean {
  const value = booleanFromText(sent);
  if (typeof value !== 'boolean') throw ScimError.invalidValue(`${path} must be true or false.`);
  return value;
}

function readNumber(attribute: Attribute, value: unknown, path: string): number {
  const fits = attribute.type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!fits) throw ScimError.invalidValue(`${path} must be a number (${attribute.type}).`);
  return value as number;
}

/** A string that can be stored: not too long, and with a form in UTF-8. */
export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw ScimError.invalidValue(`${path} must be a string.`);
  if (value.length > MAX_TEXT_LENGTH) {
    throw ScimError.invalidValue(
      `${path} has ${value.length} characters. Shorten it to ${MAX_TEXT_LENGTH} at most.`,
    );
  }
  if (!isWellFormed(value)) {
    throw ScimError.invalidValue(`${path} holds half of a surrogate pair. Send valid Unicode.`);
  }
  return value;
}

function canonical({ closed, canonicalValues = [] }: Attribute, text: string, path: string): string {
  if (!closed) return text;
  const found = canonicalValues.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found === undefined) {
    throw ScimError.invalidValue(`${path} must be one of: ${canonicalValues.join(', ')}.`);
  }
  return found;
}

function readDateTime(text: string, path: string): string {
  if (!DATE_TIME.test(text) || Number.isNaN(Date.parse(text))) {
    throw ScimError.invalidValue(`${path} must be a date and time such as 2026-01-31T12:00:00Z.`);
  }
  return text;
}

function readReference(text: string, path: string): string {
  if (NO_URI.test(text)) {
    throw ScimError.invalidValue(
      `${path} must be a URI: percent-encode spaces and special characters in it.`,
    );
  }
  return text;
}

/** Line breaks, which many tools put into base64, are taken out. */
function readBinary(text: string, path: string): string {
  const compact = text.replace(/\s+/g, '');
  if (!BASE64.test(compact)) throw ScimError.invalidValue(`${path} must be base64.`);
  return compact;
}
