/** Someone who may sign in at the local issuer. */
export interface Account {
  /** The subject of its tokens. */
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** As the claim of roles has them. */
  readonly roles: readonly string[];
}

/** Who may sign in: an operator, an owner and a viewer of the session's domain, and whoever a test adds. */
export class Accounts {
  private readonly added = new Map<string, Account>();
  private domainId: string | undefined;

  /** The domain that the owner and the viewer belong to. */
  useDomain(domainId: string): void {
    this.domainId = domainId;
  }

  /** Takes the place of one with the same id. */
  add(account: Account): void {
    this.added.set(account.id, account);
  }

  find(id: string): Account | undefined {
    return this.all().find((account) => account.id === id);
  }

  all(): Account[] {
    const roles = (role: string): string[] =>
      this.domainId === undefined ? [] : [`${this.domainId}:${role}`];
    const own: Account[] = [
      { id: 'operator', email: 'operator@example.com', name: 'Olivia Operator', roles: ['operator'] },
      { id: 'owner', email: 'owner@example.com', name: 'Oscar Owner', roles: roles('owner') },
      { id: 'viewer', email: 'viewer@example.com', name: 'Vera Viewer', roles: roles('viewer') },
    ];
    return [...own.filter(({ id }) => !this.added.has(id)), ...this.added.values()];
  }
}
