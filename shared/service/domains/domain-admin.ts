import type { Deployment } from '../../deployment';
import { UsageKeys, type UsageKey } from '../../gateway/usage-keys';
import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import { backoff } from '../../store/table/backoff';
import type { SeatCounts } from '../../store/domains/counts';
import { DeletedDomains, type DeletedDomain } from '../../store/domains/deleted-domains';
import { DomainStore, type Domain, type DomainSummary } from '../../store/domains/domain-store';
import { seatSettingsWrite, type SeatSettings } from '../../store/licenses/seat-settings';
import { openTable } from '../../store/table/table';
import { VersionConflict } from '../../store/table/transaction';
import { AdminError } from '../admin/admin-error';
import {
  changesBetween,
  validateSettings,
  withSeats,
  type DomainSettings,
  type DomainItemSettings,
} from './domain-settings';

export type NewDomain = DomainSettings & { readonly name: string };

const DEFAULTS = { scimEnabled: true, ratePlan: 'standard', mailDelayMinutes: 0 } as const;

/** How often a change is made again to what another administrator has changed meanwhile. */
const ATTEMPTS = 5;

/** No command takes so long: a usage key of that age that its domain does not name was left behind by one that died. */
const ORPHAN_AGE_MS = 15 * 60_000;

/**
 * Administers the domains of a deployment. Throws `AdminError`. A change is one transaction with its audit event; what API
 * Gateway has to be told comes after it, and is told again where the same call is repeated.
 */
export class DomainAdmin {
  constructor(
    private readonly domains: DomainStore,
    private readonly deletedDomains: DeletedDomains,
    private readonly usageKeys: UsageKeys,
  ) {}

  async createDomain(input: NewDomain, actor: Actor): Promise<Domain> {
    const { own, seats } = validateSettings(input);
    const settings: DomainItemSettings = { ...DEFAULTS, name: input.name, ...own };
    const domainId = newId();
    const usageKey = await this.usageKeys.create(domainId, settings.ratePlan);
    const changes = changesBetween({}, withSeats(settings, seats));
    const audit = event('domain.created', domainId, actor, changes);
    const domain = { domainId, ...settings, ...usageKeyFields(usageKey), createdAt: audit.at, version: 1 };
    await this.withUsageKeyCleanup(usageKey, domainId, () =>
      this.domains.create(domain, audit, seatWrites(domainId, seats, audit)),
    );
    return domain;
  }

  /** At most `limit` domains, oldest first, after the one with the id `after`; `next` is absent at the end. */
  listDomains(limit: number, after?: string): Promise<{ domains: DomainSummary[]; next?: string }> {
    return this.domains.page(limit, after);
  }

  /** The same of domains that are being deleted, or were in the last month. */
  listDeletedDomains(limit: number, after?: string): Promise<{ domains: DeletedDomain[]; next?: string }> {
    return this.deletedDomains.page(limit, after);
  }

  /** Its seats, and how many users, groups and licenses it has. */
  getCounts(domainId: string): Promise<SeatCounts> {
    return this.domains.counts(domainId);
  }

  async getDomain(domainId: string): Promise<Domain> {
    const domain = await this.domains.get(domainId);
    if (!domain) throw domainNotFound(domainId);
    return domain;
  }

  /**
   * Holds at once. Where another administrator changes the domain meanwhile, this change is made to what is there then, so that
   * neither is lost. May be repeated, and has to be where it fails.
   */
  async updateDomain(domainId: string, input: DomainSettings, actor: Actor): Promise<Domain> {
    const { own, seats } = validateSettings(input);
    const { before, after } = await this.retryConflicts(() => this.change(domainId, own, seats, actor));
    if (own.scimEnabled !== undefined || own.ratePlan !== undefined) {
      await this.usageKeys.flushAuthorizerCache();
    }
    if (own.ratePlan !== undefined) {
      // No answer of the authorizer names the old key any more.
      if (before.usageKeyId !== after.usageKeyId) await this.usageKeys.delete(before.usageKeyId);
      const madeAfter = new Date(Date.now() - ORPHAN_AGE_MS);
      await this.usageKeys.deleteAll(domainId, { kept: after.usageKeyId, madeAfter });
    }
    return after;
  }

  /**
   * Deletes a domain with all that it has; `name` is its name, typed again. Nobody is let in from here on. Its data is swept up in
   * the background; `listDeletedDomains` tells when nothing is left. May be repeated, and has to be where it fails.
   */
  async deleteDomain(domainId: string, name: string, actor: Actor): Promise<DeletedDomain> {
    await this.retryConflicts(async () => {
      const domain = await this.domains.get(domainId);
      if (!domain) return;
      assertName(domain, name);
      await this.domains.delete(domain, event('domain.deleted', domainId, actor, changesBetween(domain, {})));
    });
    const deletedDomains = await this.deletedDomains.get(domainId);
    if (!deletedDomains) throw domainNotFound(domainId);
    assertName(deletedDomains, name);
    await this.usageKeys.flushAuthorizerCache();
    await this.usageKeys.deleteAll(domainId);
    return deletedDomains;
  }

  /** Makes the change to the domain as it is now. A domain whose usage key is not on its plan gets another key. */
  private async change(
    domainId: string,
    own: Partial<DomainItemSettings>,
    seats: SeatSettings | undefined,
    actor: Actor,
  ): Promise<{ before: Domain; after: Domain }> {
    const before = await this.getDomain(domainId);
    // Seats are set with a change of the domain, whose version says whether they still are what is read here.
    const seatsBefore = seats && (await this.domains.counts(domainId));
    const { ratePlan } = own;
    // A key that moved from plan to plan would be on none in between, and its requests 403.
    const newKey =
      ratePlan !== undefined && !(await this.usageKeys.isOnPlan(before.usageKeyId, ratePlan))
        ? await this.usageKeys.create(domainId, ratePlan)
        : undefined;
    const after = { ...before, ...own, ...(newKey && usageKeyFields(newKey)) };
    const changes = changesBetween(
      withSeats(before, seatsBefore),
      withSeats(after, seatsBefore && { ...seatsBefore, ...seats }),
    );
    if (changes.length === 0 && !newKey) return { before, after: before };
    const audit = event('domain.updated', domainId, actor, changes);
    const replace = () => this.domains.replace(before, after, audit, seatWrites(domainId, seats, audit));
    return {
      before,
      after: await (newKey ? this.withUsageKeyCleanup(newKey, domainId, replace) : replace()),
    };
  }

  /** Where another change came first, `change` is made anew. */
  private async retryConflicts<T>(change: () => Promise<T>): Promise<T> {
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

  /** Takes a new usage key back where the domain does not come to name it; an error alone does not say whether it does. */
  private async withUsageKeyCleanup<T>(
    { id }: UsageKey,
    domainId: string,
    write: () => Promise<T>,
  ): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const domain = await this.domains.get(domainId);
      if (domain?.usageKeyId !== id) await this.usageKeys.delete(id).catch(() => undefined);
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

export const domainNotFound = (domainId: string): AdminError =>
  new AdminError(`There is no domain ${domainId}.`, 'notFound');

function assertName(domain: { name: string }, typed: string): void {
  if (typed.trim() === domain.name) return;
  throw new AdminError(
    `The domain is named "${domain.name}", not "${typed}". Type its name to delete it with all its users.`,
  );
}

const usageKeyFields = ({ id, value }: UsageKey) => ({ usageKeyId: id, usageIdentifierKey: value });

const seatWrites = (domainId: string, seats: SeatSettings | undefined, { at }: AuditEvent) =>
  seats ? [seatSettingsWrite(domainId, seats, at)] : [];

const event = (
  action: AuditAction,
  domainId: string,
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
