/** The context keys that the local cloud provides. `many` marks keys that can have several values. */
const KEYS = {
  'aws:PrincipalArn': 'one',
  'aws:RequestedRegion': 'one',
  'aws:SecureTransport': 'one',
  'aws:SourceAccount': 'one',
  'aws:SourceArn': 'one',
  'dynamodb:Attributes': 'many',
  'dynamodb:EnclosingOperation': 'one',
  'dynamodb:LeadingKeys': 'many',
  'dynamodb:ReturnValues': 'one',
  'dynamodb:Select': 'one',
  'ses:FromAddress': 'one',
  'ses:FromDisplayName': 'one',
  'ses:Recipients': 'many',
} as const;

export type ContextKey = keyof typeof KEYS;

/** The values of the context keys of a request. A function computes its values when a policy needs them. */
export type Context = Partial<Record<ContextKey, string | readonly string[] | (() => readonly string[])>>;

const BY_LOWER_CASE = new Map(Object.keys(KEYS).map((key) => [key.toLowerCase(), key as ContextKey]));

/** Returns a key in its own spelling, because policies may write it in any case. */
export const contextKey = (text: string): ContextKey | undefined => BY_LOWER_CASE.get(text.toLowerCase());

export const hasManyValues = (key: ContextKey): boolean => KEYS[key] === 'many';

/** Returns the values of a key; undefined if the request does not have the key. */
export function valuesOf(context: Context, key: ContextKey): readonly string[] | undefined {
  const value = context[key];
  if (typeof value === 'function') return value();
  return typeof value === 'string' ? [value] : value;
}
