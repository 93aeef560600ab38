/** A person who may sign in at the local issuer. */
export interface Account {
  /** The subject of the person's tokens. */
  readonly id: string;
  readonly email: string;
  /** @default true, as an operator creates accounts */
  readonly emailVerified?: boolean;
  readonly name: string;
  /** The values of the roles claim. */
  readonly roles: readonly string[];
}

/** The accounts of the local issuer. */
export class Accounts {
  private readonly accounts = new Map<string, Account>();

  /** Adds an account, or replaces the one with the same id. */
  add(account: Account): void {
    this.accounts.set(account.id, account);
  }

  find(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  all(): Account[] {
    return [...this.accounts.values()];
  }
}
