/** The source of the events on the event bus. Rules of consumers match it. */
export const EVENT_SOURCE = 'scim-provisioning';
