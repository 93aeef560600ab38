import { randomUUID } from 'node:crypto';
import type { InjectedFault } from '../../../local/cloud/faults/faults';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { IdentityProvider, noObservations } from '../faults/identity-provider';
import { adminRequest } from './actors/admin-actor';
import { SHARED_GROUPS, SHARED_USER } from './actors/draw-client';
import { traitsOf } from './actors/draw-others';
import { performAsClient } from './actors/perform';
import { ScimClient, type Surroundings } from './actors/scim-client';
import { AuditWatch } from './checks/audit-watch';
import { CommitLog } from './checks/commit-log';
import { QueueWatch } from './checks/queue-problems';
import { SeatWatch } from './checks/seat-watch';
import { SoakDomain } from './model/world';
import type { AdminOperation, ClientOperation, DeploymentOperation, Operation } from './operations/operation';
import { DomainAdministrator } from './operations/perform-admin';
import { performOnDeployment } from './operations/perform-deployment';
import type { ExpectedEvents } from './webhooks/event-problems';
import type { FlakyReceiver } from './webhooks/flaky-receiver';
import { LicenseWatch } from './webhooks/history';
import { addWebhook, LICENSE_TYPES, type SoakWebhook, subscriptionsPath } from './webhooks/soak-webhook';

export interface SoakOptions {
  readonly receiver: FlakyReceiver;
  /** The positions of the domains, which decide their settings. */
  readonly domains: readonly number[];
  /** The clients, each with the position of its domain. */
  readonly clients: readonly { readonly name: string; readonly domain: number }[];
  /** Multiplies the pauses after `Retry-After`. */
  readonly pauseFactor: number;
}

/** The name of the actor that kills functions and changes webhooks. */
export const DEPLOYMENT_ACTOR = 'deployment';
export const adminName = (domain: number): string => `admin${domain}`;

/**
 * Domains whose clients and administrators perform operations, and observers of what the service does. A
 * system can have several soaks, one after the other.
 */
export class Soak {
  readonly observed = noObservations();
  readonly problems: string[] = [];
  readonly domains: SoakDomain[] = [];
  readonly clients: ScimClient[] = [];
  readonly webhooks: SoakWebhook[] = [];
  readonly seatWatch = new SeatWatch();
  readonly auditWatch = new AuditWatch((domainId) => this.domains.some((each) => each.domainId === domainId));
  private readonly licenseWatch = new LicenseWatch();
  /** The functions that were killed on purpose, besides injected faults. */
  readonly kills: InjectedFault[] = [];
  private readonly administrators = new Map<number, DomainAdministrator>();
  private openLog: CommitLog | undefined;

  private constructor(
    readonly options: SoakOptions,
    readonly queues: QueueWatch,
  ) {}

  static async prepare(options: SoakOptions): Promise<Soak> {
    const soak = new Soak(options, await QueueWatch.start());
    const observers = [soak.seatWatch, soak.auditWatch, soak.licenseWatch];
    const around = soak.surroundings();
    for (const index of options.domains) await soak.addDomain(index, around);
    soak.openLog = await CommitLog.open(observers.map(({ observe }) => observe));
    await soak.addSubscriptions();
    for (const { name, domain } of options.clients) await soak.addClient(name, domain, around);
    for (const domain of soak.domains) await soak.addSharedResources(domain);
    return soak;
  }

  get commits(): CommitLog {
    if (!this.openLog) throw new Error('The soak is not prepared.');
    return this.openLog;
  }

  /** The histories that the events must match. */
  get expectedEvents(): Pick<ExpectedEvents, 'audits' | 'licenses'> {
    return { audits: this.auditWatch.audits, licenses: this.licenseWatch };
  }

  /** Performs an operation of one of the actors. */
  async perform(operation: Operation): Promise<void> {
    if (operation.by === DEPLOYMENT_ACTOR) {
      const killed = await performOnDeployment(operation as DeploymentOperation, this.webhooks);
      const at = new Date().toISOString();
      if (operation.do === 'kill' && killed > 0)
        this.kills.push({ kind: 'kill-after', operation: '', function: operation.function, about: '', at });
      return;
    }
    const domain = this.domains.find(({ index }) => index === operation.domain);
    if (!domain || domain.isDeleted) return;
    if (operation.by === adminName(operation.domain)) {
      await this.administrators.get(operation.domain)?.perform(operation as AdminOperation);
      return;
    }
    const client = this.clients.find(({ name }) => name === operation.by);
    if (client) await performAsClient(client, operation as ClientOperation);
  }

  /** Ends the observation, and the subscriptions of the deployment, so that another soak can follow. */
  async close(): Promise<void> {
    await this.commits.close();
    for (const { path } of this.webhooks) await adminRequest('DELETE', path);
  }

  private surroundings(): Surroundings {
    const { observed, problems, options, auditWatch } = this;
    const idp = new IdentityProvider(observed, options.pauseFactor, auditWatch.onResponse);
    let time = 0;
    return { idp, problems, tick: () => ++time };
  }

  private async addDomain(index: number, around: Surroundings): Promise<void> {
    const name = `Soak ${index}`;
    // Tests do not wait for ten minutes between two emails to one address. The first domain meets its rate
    // limit.
    const ratePlan = index % 5 === 0 ? 'gallery' : 'unmetered';
    const settings = { ratePlan, mailMinutesPerAddress: 0 };
    const { hasSeats } = traitsOf(index);
    const seats = hasSeats ? { seats: 20, seatPolicy: index % 5 === 2 ? 'refuse' : 'wait' } : {};
    const created = await adminRequest('POST', '/domains', { name, ...settings, ...seats });
    if (created.status !== 201) throw new Error(`No domain was created: ${created.status}`);
    const domain = new SoakDomain(created.body.domainId, index, randomUUID().slice(0, 8), created.body);
    this.domains.push(domain);
    this.administrators.set(index, new DomainAdministrator(domain, around));
  }

  /**
   * Adds a webhook of the deployment, one of the licenses of the first domain, one of the second, and feeds
   * of all.
   */
  private async addSubscriptions(): Promise<void> {
    const { receiver } = this.options;
    // The last domain may be deleted.
    const domainIds = this.domains.map(({ domainId }) => domainId);
    this.webhooks.push(await addWebhook(receiver, { name: 'all', scope: DEPLOYMENT, domainIds }));
    for (const { domainId, index } of this.domains.filter((each) => each.index < 2)) {
      const types = index === 0 ? { types: LICENSE_TYPES } : {};
      const name = `domain-${index}`;
      this.webhooks.push(
        await addWebhook(receiver, { name, scope: domainId, domainIds: [domainId], ...types }),
      );
    }
    for (const domainId of domainIds) {
      const created = await adminRequest('POST', subscriptionsPath(domainId), { name: 'feed', kind: 'feed' });
      if (created.status !== 201) throw new Error(`No feed was created: ${created.status}`);
    }
  }

  private async addClient(name: string, index: number, around: Surroundings): Promise<void> {
    const domain = this.domains.find((each) => each.index === index);
    if (!domain) return;
    const created = await adminRequest('POST', `/domains/${domain.domainId}/keys`, { name });
    if (created.status !== 201) throw new Error(`No key was created: ${created.status}`);
    const { token, key } = created.body;
    this.clients.push(new ScimClient(name, domain, around, token, key.keyId));
  }

  private async addSharedResources(domain: SoakDomain): Promise<void> {
    const client = this.clients.find((each) => each.domain === domain);
    if (!client) return;
    const values = { userName: SHARED_USER, email: SHARED_USER, active: 'true' };
    await performAsClient(client, { do: 'createUser', user: SHARED_USER, values });
    for (const group of SHARED_GROUPS)
      await performAsClient(client, { do: 'createGroup', group, displayName: group, members: [SHARED_USER] });
  }
}
