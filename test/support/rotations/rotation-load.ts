import { setTimeout as sleep } from 'node:timers/promises';
import { accessToken } from '../oauth/token-client';
import { replaceBody } from '../requests/bodies';
import { adminClient } from '../system/admin-client';
import { clientWithKey, session } from '../system/system';
import { createKey, type RotationWorld } from './rotation-world';

/** The number of requests of each kind, and those that were refused. */
export interface LoadResult {
  readonly accepted: Readonly<Record<string, number>>;
  readonly refused: readonly string[];
}

const PAUSE_MS = 20;
/** Each revocation flushes the cache of the authorizer, so that it checks the credentials again. */
const FLUSH_PAUSE_MS = 300;
const CHANGE_PAUSE_MS = 250;

/**
 * Uses all kinds of credentials and tokens until it is stopped: those from before the rotations, and new
 * ones.
 */
export class RotationLoad {
  private readonly accepted: Record<string, number> = {};
  private readonly refused: string[] = [];
  private isStopped = false;
  private readonly workers: Promise<void>[];
  private readonly adminTokens = [session().adminToken];
  private readonly accessTokens: string[] = [];
  private readonly cursors: string[] = [];

  constructor(private readonly world: RotationWorld) {
    const { setupLink, portal } = world.sessions;
    const { domainId } = world.domain;
    this.workers = [
      this.repeat('SCIM key', () => this.list(this.keys.next(), '/Users?count=1')),
      this.repeat('access token request', () => this.requestToken()),
      this.repeat('access token', () => this.useToken()),
      this.repeat('cursor', () => this.page()),
      this.repeat('license check', () => this.checkLicense()),
      this.repeat('admin token', () => this.adminStatus(this.tokens.next(), '/domains?limit=1')),
      this.repeat('portal session', () => this.adminStatus(portal, '/me')),
      this.repeat('setup link session', () =>
        this.adminStatus(setupLink, `/domains/${domainId}/setup-progress`),
      ),
      this.repeat('new SCIM key', () => this.createAndRevoke(), FLUSH_PAUSE_MS),
      this.repeat('user change', () => this.changeUser(), CHANGE_PAUSE_MS),
    ];
  }

  private readonly keys = inTurn(() => [this.world.domain.scimKey]);
  private readonly tokens = inTurn(() => this.adminTokens);
  private readonly issued = inTurn(() => this.accessTokens);
  private readonly open = inTurn(() => this.cursors);
  private readonly clients = inTurn(() => this.world.clients);
  private readonly users = inTurn(() => this.world.users);

  /** Uses an admin token, too. */
  addAdminToken(token: string): void {
    this.adminTokens.push(token);
  }

  /** Ends the load. */
  async stop(): Promise<LoadResult> {
    this.isStopped = true;
    await Promise.all(this.workers);
    return { accepted: this.accepted, refused: this.refused };
  }

  /** `send` returns undefined for a request that was accepted, and otherwise the response. */
  private async repeat(
    kind: string,
    send: () => Promise<string | undefined>,
    pauseMs = PAUSE_MS,
  ): Promise<void> {
    while (!this.isStopped) {
      const refusal = await send().catch((error: unknown) => String(error));
      if (refusal === undefined) this.accepted[kind] = (this.accepted[kind] ?? 0) + 1;
      else this.refused.push(`${kind}: ${refusal}`);
      await sleep(pauseMs);
    }
  }

  private async list(token: string, path: string): Promise<string | undefined> {
    const response = await clientWithKey(this.world.domain.domainId, token).request('GET', path);
    return refusalOf(response);
  }

  private async requestToken(): Promise<undefined> {
    this.accessTokens.push(await accessToken(this.clients.next()));
  }

  private async useToken(): Promise<string | undefined> {
    if (this.accessTokens.length === 0) await this.requestToken();
    return this.list(this.issued.next(), '/Users?count=1');
  }

  /** Begins a list, and continues one that was begun before. */
  private async page(): Promise<string | undefined> {
    const { request } = this.world.domain;
    const first = await request('GET', '/Users?cursor=&count=1');
    this.cursors.push((first.body as { nextCursor: string }).nextCursor);
    const cursor = this.open.next();
    const response = await request('GET', `/Users?cursor=${cursor}&count=1`);
    return refusalOf(response);
  }

  private async checkLicense(): Promise<string | undefined> {
    const headers = { 'license-key': this.users.next().licenseKey };
    const body = (await (await fetch(session().licenseCheckUrl, { headers })).json()) as { status: string };
    return body.status === 'active' ? undefined : JSON.stringify(body);
  }

  private async adminStatus(token: string, path: string): Promise<string | undefined> {
    const response = await adminClient(token)('GET', path);
    return refusalOf(response);
  }

  private async createAndRevoke(): Promise<string | undefined> {
    const { domainId } = this.world.domain;
    const admin = adminClient(this.tokens.next());
    const { keyId, token } = await createKey(admin, domainId);
    const refusal = await this.list(token, '/Users?count=1');
    const { status } = await admin('DELETE', `/domains/${domainId}/keys/${keyId}`);
    return refusal ?? (status === 204 ? undefined : `revocation: ${status}`);
  }

  /** Makes an event for the webhooks. */
  private async changeUser(): Promise<string | undefined> {
    const { userId } = this.users.next();
    const change = replaceBody('title', `Title ${Date.now()}`);
    const { status } = await this.world.domain.request('PATCH', `/Users/${userId}`, change);
    return status === 200 || status === 204 ? undefined : String(status);
  }
}

/** Returns undefined for a response with the status 200. */
const refusalOf = ({
  status,
  body,
}: {
  readonly status: number;
  readonly body: unknown;
}): string | undefined => (status === 200 ? undefined : `${status} ${JSON.stringify(body)}`);

/** Returns the elements of a list that grows, one after the other. */
function inTurn<T>(list: () => readonly T[]): { readonly next: () => T } {
  let at = 0;
  return { next: () => list()[at++ % list().length] as T };
}
