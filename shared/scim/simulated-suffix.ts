/**
 * The end of the names of all users and groups of a connection test. Only the credential of a connection test
 * may use it. The top-level domain `invalid` never exists (RFC 2606 §2), so no address with this suffix can
 * get email.
 */
export const SIMULATED_SUFFIX = '@simulator.invalid';
