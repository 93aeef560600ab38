import { AcceptableCount } from '../model/acceptable-count';
import { attributeOf, type SoakDomain } from '../model/world';
import { adminRequest, type AdminReply } from '../actors/admin-actor';
import type { Effect, Surroundings } from '../actors/scim-client';
import type { AdminOperation } from './operation';

const NOT_FOUND = 404;
const CONFLICT = 409;
const TOO_MANY_REQUESTS = 429;
const ORGANIZATION = { name: 'Berlin', roles: ['member'] };

interface Connection {
  readonly connectionId: string;
  /** Whether no other connection has the name. */
  readonly isOnly: boolean;
  credentialId?: string;
}

interface SendOptions {
  readonly body?: object;
  /** The status with which the request may be refused. @default none */
  readonly refusal?: number;
  /** The request may be refused with any status. */
  readonly isLenient?: boolean;
  /** A success does not tell whether the effects can be seen. */
  readonly isUncertain?: boolean;
}

/** An administrator of one domain, whose requests follow one another. */
export class DomainAdministrator {
  /** The IDs of connections and of their current credentials, by the names of the connections. */
  private readonly connections = new Map<string, Connection>();

  constructor(
    private readonly domain: SoakDomain,
    private readonly around: Surroundings,
  ) {}

  async perform(operation: AdminOperation): Promise<void> {
    const { domain } = this;
    const url = `/domains/${domain.domainId}`;
    const effect = (setting: string, value: string): Effect => [domain.setting(setting), value];
    switch (operation.do) {
      case 'setSeats': {
        const { seats, seatPolicy } = operation;
        // It is refused while many licenses change.
        return this.write('PATCH', url, { body: { seats, seatPolicy }, refusal: CONFLICT }, [
          effect('seats', String(seats)),
          effect('seatPolicy', seatPolicy),
        ]);
      }
      case 'renameDomain':
        return this.write('PATCH', url, { body: { name: operation.name } }, [effect('name', operation.name)]);
      case 'pauseMail': {
        const { isPaused } = operation;
        const effects = [effect('mailPaused', String(isPaused))];
        return this.write('PATCH', url, { body: { mailPaused: isPaused } }, effects);
      }
      case 'replaceKey':
        return this.replaceKey(operation.user);
      case 'deactivate': {
        const user = domain.user(operation.user);
        if (user.id === undefined) return;
        const path = `${url}/users/${user.id}/deactivate`;
        return this.write('POST', path, { isLenient: true }, [[attributeOf(user, 'active'), 'false']]);
      }
      case 'setMappings':
        return this.setMappings(operation.groups, operation.userTypes);
      case 'createConnection':
        return this.createConnection(operation.connection);
      case 'rotateSecret':
        return this.rotateSecret(operation.connection);
      case 'revokeConnection': {
        const { connectionId, isOnly } = this.connections.get(operation.connection) ?? {};
        if (connectionId === undefined) return;
        const path = `${url}/connections/${connectionId}`;
        this.connections.delete(operation.connection);
        const revoked = [effect(`connection ${operation.connection}`, 'no')];
        return this.write('DELETE', path, { isUncertain: !isOnly }, revoked);
      }
      case 'invite': {
        const { email, role } = operation;
        const body = { email: `${email}.${domain.tag}@example.com`, role };
        const invited = [effect(`invitation ${email}`, 'yes')];
        // An address gets ten invitations a day.
        return this.write('POST', `${url}/administrators`, { body, refusal: TOO_MANY_REQUESTS }, invited);
      }
      case 'withdraw':
        return this.withdraw(operation.email);
      case 'deleteDomain': {
        domain.isDeleted = true;
        const { body } = await adminRequest('GET', url);
        const name = encodeURIComponent(body.name);
        return this.write('DELETE', `${url}?name=${name}`, { isLenient: true }, []);
      }
    }
  }

  /** Sends a request, and records its effects. A lenient one may find that its object is gone. */
  private async write(
    method: string,
    path: string,
    options: SendOptions,
    effects: readonly Effect[],
  ): Promise<void> {
    await this.send(method, path, options, effects);
  }

  private async send(
    method: string,
    path: string,
    { body, refusal, isLenient = false, isUncertain = false }: SendOptions,
    effects: readonly Effect[] = [],
  ): Promise<AdminReply | undefined> {
    const startedAt = this.around.tick();
    const reply = await adminRequest(method, path, body).catch(() => undefined);
    const endedAt = this.around.tick();
    const status = reply?.status ?? 0;
    const isDone = status >= 200 && status < 300;
    // An earlier attempt has had the effect.
    const isRepeated = (reply?.attempts ?? 1) > 1 && (status === NOT_FOUND || status === CONFLICT);
    const isRefused = status >= 400 && !isRepeated;
    if (isRefused && !isLenient && status !== refusal && !this.domain.isDeleted)
      this.around.problems.push(`${method} ${path}: ${status} ${JSON.stringify(reply?.body)}`);
    if (!isRefused)
      for (const [register, value] of effects)
        register.record({ value, startedAt, endedAt, isCertain: isDone && !isUncertain });
    return reply;
  }

  private async replaceKey(userName: string): Promise<void> {
    const { domain } = this;
    const { id } = domain.user(userName);
    if (id === undefined) return;
    const path = `/domains/${domain.domainId}/licenses/${id}/replace-key`;
    // The license may have ended, and its user may be gone.
    const reply = await this.send('POST', path, { isLenient: true });
    const count = domain.keyReplacements.get(id) ?? new AcceptableCount();
    domain.keyReplacements.set(id, count);
    const isDone = reply?.status === 200;
    if (isDone || (reply?.attempts ?? 2) > 1) count.add(isDone, reply?.attempts);
  }

  /** Replaces all mappings: each group gives a user type, and the first one an organization. */
  private async setMappings(groups: readonly string[], userTypes: readonly string[]): Promise<void> {
    const path = `/domains/${this.domain.domainId}/mappings`;
    const read = await this.send('GET', path, {});
    if (read?.status !== 200) return;
    const sourceOf = (value: string) => ({ kind: 'group', by: 'displayName', value });
    const mappings = groups.map((group, at) => ({
      from: sourceOf(group),
      to: { kind: 'userType', userType: userTypes[at % userTypes.length] },
    }));
    const [first] = groups;
    const member = first !== undefined && {
      from: sourceOf(first),
      to: { kind: 'organization', organization: ORGANIZATION.name, role: 'member' },
    };
    const body = {
      version: read.body.version,
      mappings: [...mappings, ...(member ? [member] : [])],
      organizations: [ORGANIZATION],
    };
    await this.write('PUT', path, { body }, [
      [this.domain.setting('mappings'), String(body.mappings.length)],
    ]);
  }

  private async createConnection(name: string): Promise<void> {
    const path = `/domains/${this.domain.domainId}/connections`;
    const effects: Effect[] = [[this.domain.setting(`connection ${name}`), 'yes']];
    const reply = await this.send('POST', path, { body: { name } }, effects);
    if (reply?.status !== 201) return;
    // A creation whose response was lost left a connection with the same name.
    this.connections.set(name, { connectionId: reply.body.connectionId, isOnly: reply.attempts === 1 });
    await this.rotateSecret(name);
  }

  /** Creates another secret, and revokes the former one. */
  private async rotateSecret(name: string): Promise<void> {
    const connection = this.connections.get(name);
    if (!connection) return;
    const path = `/domains/${this.domain.domainId}/connections/${connection.connectionId}`;
    const created = await this.send('POST', `${path}/secrets`, {
      body: { name: 'rotated' },
      isLenient: true,
    });
    if (created?.status !== 201) return;
    const former = connection.credentialId;
    connection.credentialId = created.body.credentialId;
    if (former !== undefined) await this.send('DELETE', `${path}/credentials/${former}`, {});
  }

  private async withdraw(email: string): Promise<void> {
    const path = `/domains/${this.domain.domainId}/invitations`;
    const list = await this.send('GET', path, {});
    const found = list?.body.items.find((each) => String(each.email).startsWith(`${email}.`));
    if (!found) return;
    const effects: Effect[] = [[this.domain.setting(`invitation ${email}`), 'no']];
    await this.write('DELETE', `${path}/${found.invitationId}`, {}, effects);
  }
}
