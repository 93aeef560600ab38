import type { Deployment } from '../deployment';
import { UsageKeys, type UsageKey } from '../gateway/usage-keys';
import { newId } from '../id';
import type { RatePlanName } from '../rate-plan';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../store/audit';
import { backoff } from '../store/backoff';
import { DeletedDomains, type DeletedDomain } from '../store/deleted-domains';
import { DomainStore, type Domain, type DomainSummary } from '../store/domain-store';
import { openTable } from '../store/table';
import { VersionConflict } from '../store/version-conflict';
import { AdminError } from './admin-error';
import { checkedMailDelay, checkedName } from './admin-input';

/** What may be changed of a domain; what is left out stays as it is. */
export interface DomainSettings {
  /** 1 to 100 characters in one line. */
  readonly name?: string;
  readonly scimEnabled?: boolean;
  readonly ratePlan?: RatePlanName;
  /** Between an activation and its first mail, 0 to 10,080. */
  readonly mailDelayMinutes?: number;
}

export type NewDomain = DomainSettings & { readonly name: string };

const DEFAULTS = { scimEnabled: true, ratePlan: 'standard', mailDelayMinutes: 0 } as const;

/** How often a change is made again to what another administrator has changed meanwhile. */
const ATTEMPTS = 5;

/** No command takes so long: a usage key of that age that its domain does not name was left behind by one that died. */
const STRAY_AFTER_MS = 15 * 60_000;

const SETTINGS = ['name', 'scimEnabled', 'ratePlan', 'mailDelayMinutes'] as const;

/**
 * Administers the domains of a deployment. Throws `AdminError`. A change is one transaction with its audit event; what API
 * Gateway has to be told comes after it, and is told again where the same call is repeated.
 */
export class DomainAdmin {
  constructor(
    private readonly domains: DomainStore,
    private readonly deleted: DeletedDomains,
    private readonly usageKeys: UsageKeys,
  ) {}

  async createDomain(input: NewDomain, actor: Actor): Promise<Domain> {
    const settings = { ...DEFAULTS, ...input, ...checked(input) };
    const domainId = newId();
    const usageKey = await this.usageKeys.create(domainId, settings.ratePlan);
    const createdAt = new Date().toISOString();
    const domain: Domain = { domainId, ...settings, ...named(usageKey), createdAt, version: 1 };
    await this.orDeleted(usageKey, () =>
      this.domains.create(domain, event('domain.created', domain, actor, changesBetween({}, domain))),
    );
    return domain;
  }

  /** At most `limit` domains, oldest first, after the one with the id `after`; `next` is absent at the end. */
  listDomains(limit: number, after?: string): Promise<{ domains: DomainSummary[]; next?: string }> {
    return this.domains.page(limit, after);
  }

  /** The same of domains that are being deleted, or were in the last month. */
  listDeletedDomains(limit: number, after?: string): Promise<{ domains: DeletedDomain[]; next?: string }> {
    return this.deleted.page(limit, after);
  }

  async getDomain(domainId: string): Promise<Domain> {
    const domain = await this.domains.get(domainId);
    if (!domain) throw noDomain(domainId);
    return domain;
  }

  /**
   * Holds at once. Where another administrator changes the domain meanwhile, this change is made to what is there then, so that
   * neither is lost. May be repeated, and has to be where it fails.
   */
  async updateDomain(domainId: string, input: DomainSettings, actor: Actor): Promise<Domain> {
    const settings = checked(input);
    const { before, after } = await this.again(() => this.change(domainId, settings, actor));
    if (settings.scimEnabled !== undefined || settings.ratePlan !== undefined) {
      await this.usageKeys.flushAuthorizerCache();
    }
    if (settings.ratePlan !== undefined) {
      // No answer of the authorizer names the old key any more.
      if (before.usageKeyId !== after.usageKeyId) await this.usageKeys.delete(before.usageKeyId);
      const madeAfter = new Date(Date.now() - STRAY_AFTER_MS);
      await this.usageKeys.deleteAll(domainId, { kept: after.usageKeyId, madeAfter });
    }
    return after;
  }

  /**
   * Deletes a domain with all that it has; `name` is its name, typed again. Nobody is let in from here on. Its data is swept up in
   * the background; `listDeletedDomains` tells when nothing is left. May be repeated, and has to be where it fails.
   */
  async deleteDomain(domainId: string, name: string, actor: Actor): Promise<DeletedDomain> {
    await this.again(async () => {
      const domain = await this.domains.get(domainId);
      if (!domain) return;
      expectName(domain, name);
      await this.domains.delete(domain, event('domain.deleted', domain, actor, changesBetween(domain, {})));
    });
    const deleted = await this.deleted.get(domainId);
    if (!deleted) throw noDomain(domainId);
    expectName(deleted, name);
    await this.usageKeys.flushAuthorizerCache();
    await this.usageKeys.deleteAll(domainId);
    return deleted;
  }

  /** Makes the change to the domain as it is now. A domain whose usage key is not on its plan gets another key. */
  private async change(
    domainId: string,
    settings: DomainSettings,
    actor: Actor,
  ): Promise<{ before: Domain; after: Domain }> {
    const before = await this.getDomain(domainId);
    const { ratePlan } = settings;
    // A key that moved from plan to plan would be on none in between, and its requests 403.
    const newKey =
      ratePlan !== undefined && !(await this.usageKeys.isOn(before.usageKeyId, ratePlan))
        ? await this.usageKeys.create(domainId, ratePlan)
        : undefined;
    const after = { ...before, ...settings, ...(newKey && named(newKey)) };
    const changes = changesBetween(before, after);
    if (changes.length === 0 && !newKey) return { before, after: before };
    const replace = () => this.domains.replace(before, after, event('domain.updated', after, actor, changes));
    return { before, after: await (newKey ? this.orDeleted(newKey, replace) : replace()) };
  }

  /** Where another change came first, `change` is made anew. */
  private async again<T>(change: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await change();
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        if (attempt === ATTEMPTS) {
          throw new AdminError('Others are changing this domain at the same time. Try again.', 'conflict');
        }
        await backoff(attempt);
      }
    }
  }

  /** Takes a new usage key back where the domain that should name it cannot be written. */
  private async orDeleted<T>({ id }: UsageKey, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      await this.usageKeys.delete(id).catch(() => undefined);
      throw error;
    }
  }
}

export function openDomainAdmin(deployment: Deployment): DomainAdmin {
  const table = openTable(deployment.tableName);
  return new DomainAdmin(
    new DomainStore(table, deployment.auditRetentionDays),
    new DeletedDomains(table),
    new UsageKeys(deployment),
  );
}

export const noDomain = (domainId: string): AdminError =>
  new AdminError(`There is no domain ${domainId}.`, 'notFound');

/** Without what is undefined. */
function checked(input: DomainSettings): DomainSettings {
  const { name, mailDelayMinutes, ...rest } = input;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as DomainSettings),
    ...(name !== undefined && { name: checkedName(name, 'The name of a domain') }),
    ...(mailDelayMinutes !== undefined && { mailDelayMinutes: checkedMailDelay(mailDelayMinutes) }),
  };
}

function expectName(domain: { name: string }, typed: string): void {
  if (typed.trim() === domain.name) return;
  throw new AdminError(
    `The domain is named "${domain.name}", not "${typed}". Type its name to delete it with all its users.`,
  );
}

const named = ({ id, value }: UsageKey) => ({ usageKeyId: id, usageIdentifierKey: value });

function changesBetween(before: DomainSettings, after: DomainSettings): AttributeChange[] {
  return SETTINGS.filter((attribute) => before[attribute] !== after[attribute]).map((attribute) => ({
    attribute,
    before: before[attribute],
    after: after[attribute],
  }));
}

const event = (
  action: AuditAction,
  { domainId }: Domain,
  actor: Actor,
  changes: readonly AttributeChange[],
): AuditEvent => ({
  id: newId(),
  at: new Date().toISOString(),
  action,
  resourceId: domainId,
  actor,
  changes,
});
