/** A place in a listing that goes on where it stopped: a resource that need not exist any more. */
export interface Position {
  readonly id: string;
  /** In lower case, as the index has it; only where the listing is in the order of names. */
  readonly nameKey?: string;
}
