import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import { truncate } from '../../scim/text';

/** In UTF-16 units; of the JSON, unless the value is a text. A longer value is truncated. */
const MAX_VALUE_LENGTH = 1_000;
/** RFC 5321 §4.5.3.1.3. A longer text is not an address. */
const MAX_ADDRESS_LENGTH = 254;
const MAX_TYPE_LENGTH = 100;

/** A value of an attribute as an audit event shows it. */
export interface AuditValue {
  readonly value: Json;
  readonly isTruncated: boolean;
}

/**
 * Returns a value for an audit event. A long text is truncated, and any other long value becomes the
 * truncated text of its JSON. Addresses stay whole, because they tell where a license key was sent: long
 * `emails` lose only what is not needed for that.
 */
export function auditValue(attribute: string, value: Json): AuditValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= MAX_VALUE_LENGTH) return { value, isTruncated: false };
  if (attribute === 'emails' && Array.isArray(value))
    return { value: value.map(addressOf), isTruncated: true };
  return { value: truncate(text, MAX_VALUE_LENGTH), isTruncated: true };
}

function addressOf(email: Json): Json {
  const { value, type, primary } = isAttributes(email) ? email : ({} as Attributes);
  return {
    ...(typeof value === 'string' && { value: truncate(value, MAX_ADDRESS_LENGTH) }),
    ...(typeof type === 'string' && { type: truncate(type, MAX_TYPE_LENGTH) }),
    ...(primary === true && { primary }),
  };
}
