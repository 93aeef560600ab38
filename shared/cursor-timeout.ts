/** The lifetime of a cursor in seconds: `cursorTimeout` of RFC 9865. */
export const CURSOR_TIMEOUT = 3600;
