import * as z from 'zod';
import type { Issuer } from './issuer';
import type { RestCall } from '../api-gateway/control/operations';
import type { LocalOperations } from '../../cloud/endpoint/server';
import { ServiceError } from '../../cloud/endpoint/service-error';

const Roles = z.array(z.string()).default([]);

const NewAccount = z.strictObject({
  id: z.string().min(1),
  email: z.string().default('somebody@example.com'),
  name: z.string().default('Somebody'),
  roles: Roles,
});

const TokenWish = z.strictObject({
  id: z.string().default('somebody'),
  name: z.string().optional(),
  roles: Roles,
  expiresIn: z.number().default(3_600),
  claims: z.record(z.string(), z.unknown()).default({}),
});

/** What tests ask of the local issuer; there are none where it does not run. */
export function signInOperations(issuer: Issuer | undefined): LocalOperations {
  if (!issuer) return {};
  return {
    /** Somebody more who may sign in: `{ id, email?, name?, roles? }`. */
    'POST accounts': (call) => {
      const account = bodyOf(call, NewAccount);
      issuer.accounts.add(account);
      return account;
    },
    /** An ID token as the issuer would make it: `{ id?, name?, roles?, expiresIn?, claims? }`. */
    'POST id-token': async (call) => ({ idToken: await issuer.idToken(bodyOf(call, TokenWish)) }),
  };
}

function bodyOf<T>({ body }: RestCall, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ServiceError(400, 'ValidationException', z.prettifyError(parsed.error));
}
