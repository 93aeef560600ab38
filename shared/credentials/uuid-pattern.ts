/** The source of a regular expression that matches the id of a domain, a connection, or a credential. */
export const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
