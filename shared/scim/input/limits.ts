// With these limits, a resource fits into one item of the table (400 kB), together with the service's own
// attributes.

/** UTF-16 units of one string. The longest values in practice are certificates in base64. */
export const MAX_TEXT_LENGTH = 8192;
/** Elements of one multi-valued attribute. Members and groups are separate items and do not count. */
export const MAX_ELEMENTS = 200;
/** Bytes of a resource as JSON, without members. */
export const MAX_RESOURCE_BYTES = 200_000;
/** Operations of one PATCH. In an operation without a path, each key of the value counts as one. */
export const MAX_OPERATIONS = 1000;
