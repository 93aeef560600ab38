import { patchBody, userBody } from '../requests/bodies';
import { type AdminBody, adminClient, idTokenFor } from '../system/admin-client';
import { type LinkParts, linkPartsOf, mailedCode, strangerClient } from '../system/setup-links';
import type { DomainClient } from '../system/system';
import type { Receiver } from '../webhooks/receiver';

export const SECONDS_OF_TOKENS = 86_400;
/** The responses of the endpoint of a webhook, again and again. */
const RESPONSES = [200, 500, 200, 410, 200, 404];
const ROUNDS = 50;

/** A setup link that nobody has opened, with the code from its email. */
export interface CodedLink extends LinkParts {
  readonly code: string;
}

/** A setup link that a browser has opened, with the token of this browser. */
export interface OpenedLink extends LinkParts {
  readonly token: string;
}

/**
 * Creates the things of a domain that requests refer to. Their names and addresses contain `mark`. A method
 * returns undefined if the domain already has as many of these things as it may have.
 */
export class Things {
  private readonly admin = adminClient();
  private created = 0;

  constructor(
    readonly domain: DomainClient,
    private readonly mark: string,
    readonly receiver: Receiver,
  ) {}

  get path(): string {
    return `/domains/${this.domain.domainId}`;
  }

  /** Returns the ID of a new user. */
  async user(userName = this.address('user')): Promise<string | undefined> {
    const user = userBody(userName, { displayName: this.mark });
    return idOf(await this.domain.request('POST', '/Users', user));
  }

  /** Returns the ID of a new group. */
  async group(members: readonly string[]): Promise<string | undefined> {
    const displayName = `Group ${this.mark} ${this.next()}`;
    const id = idOf(await this.domain.request('POST', '/Groups', { displayName }));
    const value = members.map((member) => ({ value: member }));
    if (id !== undefined)
      await this.domain.request('PATCH', `/Groups/${id}`, patchBody({ op: 'add', path: 'members', value }));
    return id;
  }

  key(): Promise<AdminBody | undefined> {
    return this.create('/keys', { name: `Key ${this.mark} ${this.next()}` });
  }

  feed(): Promise<AdminBody | undefined> {
    return this.create('/subscriptions', { name: `Feed ${this.mark}`, kind: 'feed', content: 'full' });
  }

  async webhook(): Promise<AdminBody | undefined> {
    await this.receiver.respond(...Array.from({ length: ROUNDS }, () => RESPONSES).flat());
    return this.create('/subscriptions', {
      ...{ name: `Webhook ${this.mark}`, kind: 'webhook', endpoint: this.receiver.url },
    });
  }

  setPoll(): Promise<AdminBody | undefined> {
    return this.create('/subscriptions', { name: `Receiver ${this.mark}`, kind: 'setPoll' });
  }

  invitation(): Promise<AdminBody | undefined> {
    return this.create('/administrators', { email: this.address('new'), role: 'viewer' });
  }

  /** Returns a setup link whose code was mailed. */
  async codedLink(): Promise<CodedLink | undefined> {
    const email = this.address('it');
    const created = await this.create('/setup-links', { email });
    if (!created) return undefined;
    const { domainId, linkId, secret } = linkPartsOf(String(created.url));
    const sent = await strangerClient()('POST', `/setup-links/${linkId}/codes`, { domainId, secret });
    return sent.status === 202 ? { domainId, linkId, secret, code: await mailedCode(email) } : undefined;
  }

  async openedLink(): Promise<OpenedLink | undefined> {
    const link = await this.codedLink();
    if (!link) return undefined;
    const { linkId, ...body } = link;
    const opened = await strangerClient()('POST', `/setup-links/${linkId}/sessions`, body);
    return opened.status === 201 ? { ...link, token: opened.body.token } : undefined;
  }

  /** Returns an ID token with a role in the domain, and the ID of its portal user, who has used it once. */
  async administrator(role: 'owner' | 'viewer'): Promise<{ readonly id: string; readonly token: string }> {
    const id = `${role}-${this.next()}-of-${this.domain.domainId}`;
    const roles = [`${this.domain.domainId}:${role}`];
    const token = await idTokenFor({ id, name: id, roles, expiresIn: SECONDS_OF_TOKENS });
    await adminClient(token)('GET', '/me');
    return { id, token };
  }

  private async create(below: string, body: object): Promise<AdminBody | undefined> {
    const response = await this.admin('POST', this.path + below, body);
    return response.status === 201 ? response.body : undefined;
  }

  private address(start: string): string {
    return `${start}-${this.mark}-${this.next()}@example.com`;
  }

  private next(): number {
    return (this.created += 1);
  }
}

const idOf = ({ status, body }: { status: number; body: { id?: string } }): string | undefined =>
  status === 201 ? body.id : undefined;

/** Returns a thing that must exist. */
export function made<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The domain of the fuzzer could not be filled.');
  return thing;
}
