import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../local/product/session';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * The requests of an identity provider during a first import. It repeats a request that gets a 429 or a 5xx.
 */
export class ImportClient {
  requests = 0;
  throttled = 0;
  failed = 0;

  constructor(private readonly session: Session) {}

  async createGroup(): Promise<string> {
    return this.send('POST', '/Groups', { schemas: [GROUP_SCHEMA], displayName: 'All employees' });
  }

  /** Looks for the user, creates it, and adds it to the group. */
  async importUser(userName: string, groupId: string): Promise<void> {
    await this.send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    const id = await this.send('POST', '/Users', {
      schemas: [USER_SCHEMA],
      userName,
      emails: [{ value: `success+${userName}@simulator.amazonses.com`, type: 'work', primary: true }],
    });
    await this.send('PATCH', `/Groups/${groupId}`, {
      schemas: [PATCH_SCHEMA],
      Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
    });
  }

  /** Returns the ID in the response, if it has one. */
  private async send(method: string, path: string, body?: object): Promise<string> {
    for (;;) {
      this.requests += 1;
      const response = await fetch(this.session.baseUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${this.session.scimKey}`,
          'user-agent': 'Okta SCIM Client 1.0.0',
          ...(body && { 'content-type': 'application/scim+json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status === 429) this.throttled += 1;
      else if (response.status >= 500) this.failed += 1;
      else if (response.ok) return /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
      else throw new Error(`${method} ${path}: ${response.status} ${text}`);
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
    }
  }
}
