import * as z from 'zod';
import type { SesAccount } from './account';
import { FAULTS, type Faults } from './faults';
import type { LocalOperations } from '../../cloud/endpoint/server';
import { ServiceError } from '../../cloud/endpoint/service-error';

const FaultQuery = z.object({
  fault: z.enum(FAULTS),
  to: z.string().default(''),
  times: z.coerce.number().int().min(1).default(1),
});
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional();
const AccountQuery = z.strictObject({ sandbox: flag, paused: flag, verified: flag });

/** What tests and people who try things out ask of the local SES. */
export function mailOperations({
  account,
  faults,
}: {
  account: SesAccount;
  faults: Faults;
}): LocalOperations {
  return {
    'GET ses-faults': () => faults.list(),
    /** `?fault=<name>&times=<number>&to=<part of the address>`: what happens to the next sends. */
    'POST ses-faults': ({ query }) => {
      const { fault, to, times } = parsed(FaultQuery, query);
      faults.add(fault, to, times);
      return faults.list();
    },
    'DELETE ses-faults': () => {
      faults.clear();
      return faults.list();
    },
    /** `?sandbox=<true or false>&paused=…&verified=…`: what SES tells of the account; gives all of it. */
    'POST ses-account': ({ query }) => account.set(parsed(AccountQuery, query)),
  };
}

function parsed<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  const result = schema.safeParse(Object.fromEntries(query));
  if (result.success) return result.data;
  throw new ServiceError(400, 'ValidationException', z.prettifyError(result.error));
}
