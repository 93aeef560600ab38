import { createHash } from 'node:crypto';
import { ScimError } from '../../scim/error';
import type { DesiredMembership } from '../../scim/patch/membership';
import type { Attributes, Json } from '../../scim/resource';
import type { Actor } from '../../store/audit/audit';
import { nameOf, type Creation, type ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import type { Caller } from './caller';

/** The time for which the same request continues a creation that was cut off. */
export const CREATION_WINDOW_MS = 10 * 60_000;

/**
 * Returns the mark of a creation that needs several transactions and begins at `at` (RFC 3339). Its hash
 * identifies what the body asks for, and the credential. It covers nothing that is not stored, such as a
 * password.
 */
export function creationMark(
  { actor }: Caller,
  at: string,
  attributes: Attributes,
  { added }: DesiredMembership,
): Creation {
  const memberships = [...added]
    .sort(([id], [other]) => (id < other ? -1 : 1))
    .map(([id, display]) => [id, display ?? null]);
  const content: Json = [...credentialOf(actor), attributes, memberships];
  return {
    hash: createHash('sha256')
      .update(JSON.stringify(sorted(content)))
      .digest('base64url'),
    until: new Date(Date.parse(at) + CREATION_WINDOW_MS).toISOString(),
  };
}

/**
 * Returns the resource whose creation the same request began, after the creation of `resource` failed with
 * `error`. Returns undefined if the error is not about the name, or if another request created the resource
 * that has it.
 */
export async function findCreation(
  store: ResourceStore,
  { attributes, creation }: ResourceRecord,
  error: unknown,
  now: () => Date,
): Promise<ResourceRecord | undefined> {
  if (!creation || !(error instanceof ScimError) || error.scimType !== 'uniqueness') return undefined;
  const id = await store.idOfName(nameOf(store.kind, attributes));
  const begun = id === undefined ? undefined : await store.get(id);
  if (begun?.creation?.hash !== creation.hash) return undefined;
  return Date.parse(begun.creation.until) > now().getTime() ? begun : undefined;
}

/** Says how a client continues a creation whose request times out. */
export function continueHint(kind: 'group' | 'user', { id, creation }: ResourceRecord): string {
  const what = kind === 'group' ? 'members' : 'groups';
  return (
    `The ${kind} ${id} exists now. To continue, send the same request again before ${creation?.until}, ` +
    `or add the remaining ${what} with PATCH.`
  );
}

function credentialOf(actor: Actor): string[] {
  if (actor.kind === 'scimKey') return [actor.kind, actor.keyId];
  return [actor.kind, actor.kind === 'admin' ? actor.id : actor.name];
}

/** Orders the names in each object, so that equal values have equal texts. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
