/** A JSON value, as it is sent and as it is stored. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** SCIM attributes by the name that the schema defines. The attributes of an extension are under its URN. */
export type Attributes = { [name: string]: Json };

/** A complete resource, as clients see it. */
export type Resource = Attributes & { id: string; schemas: string[] };

/** Returns whether a value is a JSON object. */
export const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns whether a value counts as no value. RFC 7643 §2.5 says so for `null` and an empty array; Okta and
 * Entra clear attributes with an empty string.
 */
export const isUnassigned = (value: unknown): value is null | undefined | '' | [] =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
