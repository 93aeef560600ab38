import { randomUUID } from 'node:crypto';
import type { EntraClient } from './client';

const PATCH = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] };
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

type Step = (client: EntraClient) => Promise<{ readonly status: number; readonly body?: unknown }>;

/** The requests of Entra ID for one user, in their order: from the search to the deletion. */
export class UserFlow {
  private readonly userName = `${randomUUID()}@example.com`;
  private id = '';
  private readonly steps: Step[];

  constructor(private readonly client: EntraClient) {
    const search: Step = (each) => each.request('GET', `/Users?filter=userName+eq+%22${this.userName}%22`);
    const read: Step = (each) => each.request('GET', `/Users/${this.id}`);
    const patch =
      (Operations: readonly object[]): Step =>
      (each) =>
        each.request('PATCH', `/Users/${this.id}`, { ...PATCH, Operations });
    this.steps = [
      search,
      (each) => each.request('POST', '/Users', this.user()),
      read,
      patch([{ op: 'Replace', path: 'displayName', value: 'Ann Example' }]),
      search,
      patch([{ op: 'Replace', path: 'active', value: 'False' }]),
      patch([{ op: 'Replace', path: 'active', value: 'True' }]),
      read,
      (each) => each.request('DELETE', `/Users/${this.id}`),
    ];
  }

  get isDone(): boolean {
    return this.steps.length === 0;
  }

  /** Sends the next request. Returns its status. */
  async next(): Promise<number> {
    const step = this.steps.shift();
    if (!step) throw new Error('The flow has ended.');
    const { status, body } = await step(this.client);
    // Later requests need what this one would have done.
    if (status >= 400) this.steps.length = 0;
    if (status === 201) this.id = (body as { id: string }).id;
    return status;
  }

  private user(): object {
    return {
      schemas: [USER],
      externalId: this.userName,
      userName: this.userName,
      active: true,
      displayName: 'Ann',
      emails: [{ primary: true, type: 'work', value: this.userName }],
      name: { givenName: 'Ann', familyName: 'Example' },
    };
  }
}
