/** The error codes of the token endpoint (RFC 6749 §5.2, and §4.1.2.1 for the last three). */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable'
  | 'server_error'
  | 'access_denied';
