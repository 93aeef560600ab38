/** A place in a listing: after this resource, which does not have to exist. */
export interface Position {
  readonly id: string;
  /** The folded name, as the index holds it. Present only if the listing is in the order of names. */
  readonly nameKey?: string;
}
