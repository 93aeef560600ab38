import type { Actor } from '../../portal/src/api/schema';

/** Formats an actor, for example `scimKey Okta`. */
export const actorText = ({ kind, name, id }: Actor): string => [kind, name ?? id].filter(Boolean).join(' ');
