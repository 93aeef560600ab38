/** A JSON value as it comes over the wire or lies in the table. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** An object of SCIM attributes, spelled as the schema spells them; an extension's attributes are under its URN. */
export type Attributes = { [name: string]: Json };

/** A whole resource, as a client sees it. */
export type Resource = Attributes & { id: string; schemas: string[] };

export const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7643 §2.5: `null` and an empty array are the same as no value; so is the empty string that Okta and Entra clear with. */
export const isUnassigned = (value: unknown): value is null | undefined | '' | [] =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
