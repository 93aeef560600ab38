/**
 * A library that does the same work. `run` does it once, and returns something, so that nothing is optimized
 * away.
 */
export interface Peer {
  readonly name: 'scimmy' | 'scim2-parse-filter' | 'scim-patch';
  readonly run: () => unknown;
  /** The part of the work that the peer leaves out, if it does less than this service. */
  readonly note?: string;
}

/** One kind of work, done by this service and by its peers. */
export interface ProtocolRow {
  readonly group: 'parse' | 'match' | 'patch' | 'resource' | 'members';
  readonly name: string;
  /** The size of the input, in the unit of the group: terms, operations, or members. */
  readonly size: number;
  readonly run: () => unknown;
  /** Does only the part of the work that a peer leaves out. */
  readonly floor?: () => unknown;
  readonly peers: readonly Peer[];
}
