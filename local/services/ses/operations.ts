import * as z from 'zod';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import type { SesAccount } from './account';
import { FAULTS, type PlannedFaults } from './faults';

const FaultQuery = z.object({
  fault: z.enum(FAULTS),
  to: z.string().default(''),
  times: z.coerce.number().int().min(1).default(1),
});
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional();
const rate = z.coerce.number().min(0).max(1).optional();
const AccountQuery = z.strictObject({
  ...{ sandbox: flag, paused: flag, verified: flag },
  ...{ bounceRate: rate, complaintRate: rate },
  quota: z.coerce.number().int().min(1).optional(),
});

const IdentityQuery = z.strictObject({ name: z.string().min(1) });

/** Returns the operations that make the local SES fail, and that change its account. */
export function mailOperations({
  account,
  faults,
}: {
  account: SesAccount;
  faults: PlannedFaults;
}): Operations {
  return {
    'GET ses-faults': () => faults.list(),
    /** Plans the fault of the next sends: `?fault=<name>&times=<number>&to=<part of the address>`. */
    'POST ses-faults': ({ query }) => {
      const { fault, to, times } = readQuery(FaultQuery, query);
      faults.add(fault, to, times);
      return faults.list();
    },
    'DELETE ses-faults': () => {
      faults.clear();
      return faults.list();
    },
    /**
     * Changes the account, and returns its whole state:
     * `?sandbox=<true or false>&paused=…&verified=…&bounceRate=0.06&quota=…`.
     */
    'POST ses-account': ({ query }) => account.set(readQuery(AccountQuery, query)),
    /** Verifies an identity, for example a recipient of the sandbox: `?name=<address or domain>`. */
    'POST ses-identity': ({ query }) => {
      const { name } = readQuery(IdentityQuery, query);
      account.verify(name);
      return account.identity(name);
    },
  };
}

const readQuery = <T extends z.ZodType>(schema: T, query: URLSearchParams): z.output<T> =>
  readInput(schema, Object.fromEntries(query));
