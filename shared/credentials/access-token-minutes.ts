/** An hour is what clients expect of an access token, and each token costs a request. */
export const MIN_ACCESS_TOKEN_MINUTES = 60;
export const MAX_ACCESS_TOKEN_MINUTES = 360;
