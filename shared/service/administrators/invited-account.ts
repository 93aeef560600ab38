import { AccountRefused, AccountsExhausted, type Account } from '../../accounts/user-pool-accounts';
import { AdminError } from '../admin/admin-error';
import type { AccountChecks } from './account-checks';

/** The accounts of portal users in a user pool of the service. */
export interface Accounts {
  create(email: string, name?: string): Promise<Account>;
  delete(subject: string): Promise<void>;
}

interface InvitedAccountParts {
  readonly accounts?: Accounts;
  readonly checks: Pick<AccountChecks, 'isClosed'>;
}

/** Returns the account of an address that is invited, with a new password; undefined without a user pool. */
export async function createAccount(
  { accounts, checks }: InvitedAccountParts,
  email: string,
  name: string | undefined,
): Promise<Account | undefined> {
  if (!accounts) return undefined;
  try {
    let account = await accounts.create(email, name);
    if (!account.isNew && (await checks.isClosed(account.subject))) {
      // The account was about to be deleted, and cannot get a role again.
      await accounts.delete(account.subject);
      account = await accounts.create(email, name);
    }
    if (account.isUsable) return account;
  } catch (error) {
    if (error instanceof AccountsExhausted) throw accountsExhausted();
    if (!(error instanceof AccountRefused)) throw error;
    throw new AdminError(`No account can be created for ${email}: ${error.message}`);
  }
  throw new AdminError(
    `The account of ${email} in the user pool is disabled, or its address is not verified. Invite another address.`,
    'conflict',
  );
}

const accountsExhausted = (): AdminError =>
  new AdminError(
    'Cognito sends no more emails now, because the daily quota of the user pool is used up. Invite the address tomorrow. An ' +
      'operator can let the user pool send its emails with Amazon SES, which has a higher quota.',
    'tooSoon',
    3600,
  );
