import { REGION } from './template/account';

/**
 * The kind of process that an environment is for: a function of the template, or another program of this
 * machine.
 */
export type Client = 'function' | 'program';

/** The variables that a program outside the functions sets, besides the endpoints, to use the SDK. */
export const CLIENT_VARIABLES: Readonly<Record<string, string>> = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'LOCALHOST',
  AWS_SECRET_ACCESS_KEY: 'local',
};
