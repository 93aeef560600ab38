import type { AccountCheck } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import { addressKeyOf } from '../../store/mail/address-key';

export interface AccountChecksDependencies {
  readonly administrators: Pick<
    AdministratorStore,
    'read' | 'close' | 'accountCheck' | 'dueAccountChecks' | 'endAccountCheck' | 'isInvited'
  >;
  /** Absent if portal users sign in at an issuer that the service does not manage. */
  readonly accounts?: { delete(subject: string): Promise<void> };
  readonly now: () => Date;
  /** Called for a check that failed. The next run tries again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Deletes the accounts of the user pool that the service created and that have no role and no invitation. A
 * check is stored in the transaction after which it may be needed, so a later run completes the work of a
 * failed one.
 */
export class AccountChecks {
  constructor(private readonly parts: AccountChecksDependencies) {}

  /** Runs all checks that are due. Does not throw. */
  async run(isTimeUp: () => boolean = () => false): Promise<void> {
    const { administrators, accounts, now, onError } = this.parts;
    if (!accounts) return;
    try {
      for (const check of await administrators.dueAccountChecks(now())) {
        if (isTimeUp()) return;
        await this.check(check, accounts).catch(onError);
      }
    } catch (error) {
      onError(error);
    }
  }

  /** Runs the check of one account, if it is due. Does not throw: the scheduled run tries again. */
  async checkAccount(callerId: string): Promise<void> {
    const { administrators, accounts, now, onError } = this.parts;
    if (!accounts) return;
    try {
      const check = await administrators.accountCheck(callerId);
      if (check && check.dueAt <= now().getTime()) await this.check(check, accounts);
    } catch (error) {
      onError(error);
    }
  }

  /** Returns whether an account is deleted, or is about to be. */
  async isClosed(callerId: string): Promise<boolean> {
    return (await this.parts.administrators.read(callerId)).profile?.isClosed ?? false;
  }

  private async check(
    check: AccountCheck,
    accounts: { delete(subject: string): Promise<void> },
  ): Promise<void> {
    const { administrators, now } = this.parts;
    const { callerId, email } = check;
    const { roles, mappedRoles, profile } = await administrators.read(callerId);
    if (roles.length > 0 || mappedRoles.length > 0) return administrators.endAccountCheck(check);
    if (profile?.isClosed !== true) {
      if (await administrators.isInvited(addressKeyOf(email), now())) return;
      // From here on, no invitation can be accepted with this account.
      if (!(await administrators.close(callerId, profile))) return;
    }
    await accounts.delete(callerId);
    await administrators.endAccountCheck(check);
  }
}
