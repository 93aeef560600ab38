import type { Actor } from './audit';

/** The administrator who created an item, as the item stores it. */
export interface Creator {
  readonly creatorId?: string;
  /** The name of the administrator. */
  readonly createdBy?: string;
}

/** Returns the attributes that store who created an item. Only administrators are stored. */
export const creatorOf = (actor: Actor): Creator =>
  actor.kind === 'admin' ? { creatorId: actor.id, createdBy: actor.name ?? actor.id } : {};
