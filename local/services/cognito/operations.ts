import * as z from 'zod';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import type { Accounts } from './accounts';
import type { Issuer } from './issuer';
import { SELF_SERVICE_SCOPE } from './user-attributes';

const Roles = z.array(z.string()).default([]);

const NewAccount = z.strictObject({
  id: z.string().min(1),
  email: z.string().default('somebody@example.com'),
  name: z.string().default('Somebody'),
  roles: Roles,
});

const TokenRequest = z.strictObject({
  id: z.string().default('somebody'),
  name: z.string().optional(),
  roles: Roles,
  expiresIn: z.number().default(3_600),
  claims: z.record(z.string(), z.unknown()).default({}),
});

const AccessTokenRequest = z.strictObject({
  id: z.string(),
  scope: z.string().default(SELF_SERVICE_SCOPE),
});

/** Returns the operations by which tests add accounts and sign in. */
export function signInOperations(issuer: Issuer, accounts: Accounts): Operations {
  return {
    /** Adds an account that may sign in: `{ id, email?, name?, roles? }`. */
    'POST accounts': ({ input }) => {
      const account = readInput(NewAccount, input);
      accounts.add(account);
      return account;
    },
    /** Returns the accounts: `{ items }`. */
    'GET accounts': () => ({ items: accounts.all() }),
    /** Returns an ID token as the issuer would sign it: `{ id?, name?, roles?, expiresIn?, claims? }`. */
    'POST id-token': async ({ input }) => ({ idToken: await issuer.idToken(readInput(TokenRequest, input)) }),
    /** Returns an access token as a sign-in through the API returns it: `{ id, scope? }`. */
    'POST access-token': async ({ input }) => {
      const { id, scope } = readInput(AccessTokenRequest, input);
      return { accessToken: await issuer.accessToken(id, scope) };
    },
  };
}
