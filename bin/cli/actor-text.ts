import type { Actor } from '../../portal/src/api/schema';

/** The part of a UUIDv7 that is its time in milliseconds. */
const ID_LENGTH = 13;

/**
 * Formats an actor, for example `scimKey Okta (019a2b3c-4d5e…)`. The start of the ID tells actors apart that
 * have the same name.
 */
export function actorText({ kind, name, id }: Actor): string {
  if (name === undefined || id === undefined) return [kind, name ?? id].filter(Boolean).join(' ');
  return `${kind} ${name} (${id.length > ID_LENGTH ? `${id.slice(0, ID_LENGTH)}…` : id})`;
}
