import { scimHandler } from '../shared/http/scim-handler';

/** Every path that no other Lambda serves: there is nothing. */
export const handler = scimHandler(() => []);
