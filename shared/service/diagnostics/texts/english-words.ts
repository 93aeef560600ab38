import { pluralize } from '../../../pluralize';
import type { Count, CredentialsType, NamedCredential, UnknownAttribute } from './finding-facts';

export { joinNames } from '../wording';

export const isScimKey = (type: CredentialsType): boolean => type === 'scim-key';

const NOUNS: Readonly<Record<CredentialsType, string>> = {
  'scim-key': 'SCIM key',
  'client-secret': 'client secret',
  trust: 'trust',
  mixed: 'credential',
};

/** Returns the noun for credentials of a type, such as `SCIM keys`. */
export const nounOf = (type: CredentialsType, number: number): string =>
  number === 1 ? NOUNS[type] : `${NOUNS[type]}s`;

/** Returns the name of a credential, and a note such as its day in parentheses. */
export function credentialText({ name, connection }: NamedCredential, note: string): string {
  const owner = connection === undefined ? '' : ` of the connection "${connection}"`;
  return `"${name}"${owner} (${note})`;
}

/** Returns a number with its noun, such as `At least 3 users`. */
export const count = ({ number, atLeast }: Count, one: string, many?: string): string =>
  `${atLeast ? 'At least ' : ''}${pluralize(number, one, many)}`;

/** Returns a sentence with the connections that sent requests, to append to others. */
export function sentBy(senders: readonly string[], join: (names: readonly string[]) => string): string {
  if (senders.length === 0) return '';
  return ` Sent by the ${senders.length === 1 ? 'connection' : 'connections'} ${join(senders.map((name) => `"${name}"`))}.`;
}

export const attributeName = ({ attribute, resourceTypes }: UnknownAttribute): string =>
  `${attribute} of a ${resourceTypes.join(' or ')}`;
