/**
 * The number of times that a message to the function `event-feed` is delivered before it goes to the failure
 * queue.
 */
export const MAX_EVENT_DELIVERIES = 1_000;
