/**
 * Returns the current time in milliseconds since the epoch. A handler receives the clock and passes it to its
 * middlewares and routes: nothing else in the http layer reads the time of day, so that a test can set it.
 */
export type Clock = () => number;
