/** What keeps a resource small enough for one item of the table (400 kB) with room for what else lies in it. */

/** UTF-16 units of one string; a certificate in base64 is the longest that is met. */
export const MAX_TEXT_LENGTH = 8192;
/** Elements of one multi-valued attribute; members and groups, which are items of their own, apart. */
export const MAX_ELEMENTS = 200;
/** Bytes of a resource as JSON, members apart. */
export const MAX_RESOURCE_BYTES = 200_000;
/** Operations of one PATCH; each key of a value without a path counts as one. */
export const MAX_OPERATIONS = 1000;
