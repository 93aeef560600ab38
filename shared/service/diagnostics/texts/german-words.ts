import { pluralize } from '../../../pluralize';
import type { Count, FindingFacts, NamedCredential, UnknownAttribute } from './finding-facts';

type CredentialType = FindingFacts['key-unused']['type'];

/** A noun with its forms. All of them are masculine, so other words have one form each. */
interface Noun {
  readonly one: string;
  readonly many: string;
  /** After "den". */
  readonly accusative: string;
}

export const NOUNS: Readonly<Record<CredentialType, Noun>> = {
  'scim-key': { one: 'SCIM-Schlüssel', many: 'SCIM-Schlüssel', accusative: 'SCIM-Schlüssel' },
  'client-secret': {
    one: 'geheimer Clientschlüssel',
    many: 'geheime Clientschlüssel',
    accusative: 'geheimen Clientschlüssel',
  },
  trust: { one: 'Vertrauensanker', many: 'Vertrauensanker', accusative: 'Vertrauensanker' },
  mixed: { one: 'Zugangsnachweis', many: 'Zugangsnachweise', accusative: 'Zugangsnachweis' },
};

export const IDENTITY_ADMINISTRATOR = 'Administrator des Identity Providers:';
export const OPERATOR = 'Betreiber:';
export const OWNER = 'Eigentümer der Domain:';

export const FREE_SEATS =
  `${OWNER} Deaktivieren Sie Benutzer, die keine Lizenz mehr brauchen, oder bitten Sie den Betreiber um ` +
  'weitere Plätze.';
export const MANUAL_USERS = `${OWNER} Tun Sie dies im Portal bei Benutzern, die manuell verwaltet werden.`;

/** Returns a number with its noun, such as `Mindestens 3 Benutzer`. */
export function count({ number, atLeast }: Count, one: string, many: string): string {
  const counted = plural(number, one, many);
  return atLeast ? `Mindestens ${counted}` : counted;
}

/** German nouns have no regular plural. */
export const plural: (number: number, one: string, many: string) => string = pluralize;

/** Joins names into an enumeration: `a`, `a und b`, `a, b, c und 4 weitere`. */
export function join(names: readonly string[], max = 3): string {
  const hidden = names.length - max;
  const all = hidden > 0 ? [...names.slice(0, max), `${hidden} weitere`] : names;
  return all.length <= 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} und ${all.at(-1)}`;
}

/** Returns the name of a credential, and a note such as its day in parentheses. */
export function nameOf({ name, connection }: NamedCredential, note: string): string {
  const owner = connection === undefined ? '' : ` der Verbindung „${connection}“`;
  return `„${name}“${owner} (${note})`;
}

/** Returns a date such as `2026-03-01` in the form `01.03.2026`. */
export const dateOf = (day: string): string => day.split('-').reverse().join('.');

/** Returns a sentence with the connections that sent requests, to append to others. */
export function sentBy(senders: readonly string[]): string {
  if (senders.length === 0) return '';
  const names = join(senders.map((name) => `„${name}“`));
  return ` Gesendet von ${senders.length === 1 ? 'der Verbindung' : 'den Verbindungen'} ${names}.`;
}

export const attributeName = ({ attribute, resourceTypes }: UnknownAttribute): string =>
  `${attribute} (${resourceTypes.join(' oder ')})`;
