import type { Actor } from '../../../portal/src/api/schema';

/** Who did something, e.g. `scimKey Okta`. */
export const actorText = ({ kind, name, id }: Actor): string => [kind, name ?? id].filter(Boolean).join(' ');
