import type { JsonFile } from '../../host/json-file';

/** The states of an account that matter here: it has its temporary password, or its user has signed in. */
type AccountStatus = 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED';

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
  /** @default 'CONFIRMED' */
  readonly status?: AccountStatus;
  /** Epoch seconds. @default 0 */
  readonly createdAt?: number;
}

/** The accounts of the local issuer. With a file, they survive a restart. */
export class Accounts {
  private readonly accounts = new Map<string, Account>();
  private file: JsonFile<Account[]> | undefined;

  /** Reads the accounts of the file, and stores changes in it from now on. */
  open(file: JsonFile<Account[]>): void {
    this.file = file;
    for (const account of file.read() ?? []) this.accounts.set(account.id, account);
  }

  /** Adds an account, or replaces the one with the same id. */
  add(account: Account): void {
    this.accounts.set(account.id, account);
    this.save();
  }

  find(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  /** Returns the account with an address. Like the pool of the template, it ignores case. */
  findByEmail(email: string): Account | undefined {
    return this.all().find((account) => account.email.toLowerCase() === email.toLowerCase());
  }

  /** Returns false if there is no such account. */
  delete(id: string): boolean {
    const isDeleted = this.accounts.delete(id);
    this.save();
    return isDeleted;
  }

  all(): Account[] {
    return [...this.accounts.values()];
  }

  private save(): void {
    this.file?.write(this.all());
  }
}
