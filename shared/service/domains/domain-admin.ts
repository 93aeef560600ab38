import type { Deployment } from '../../deployment';
import { UsageKeys, type UsageKey } from '../../gateway/usage-keys';
import { newId } from '../../id';
import type { RatePlanName } from '../../limits/rate-plan';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import type { SeatCounts } from '../../store/domains/counts';
import { DeletedDomains, type DeletedDomain } from '../../store/domains/deleted-domains';
import { DomainStore, type Domain, type DomainSummary } from '../../store/domains/domain-store';
import { type UsageKeyChange, UsageKeyChanges } from '../../store/domains/usage-key-changes';
import { seatSettingsWrites, type SeatSettings } from '../../store/licenses/seat-settings';
import { openTable } from '../../store/table/table';
import type { Write } from '../../store/table/write';
import { AdminError } from '../admin/admin-error';
import { withUsageKeyCleanup } from './usage-key-cleanup';
import { withinApiKeyQuota } from './usage-key-quota';
import {
  changesBetween,
  validateSettings,
  withSeats,
  type DomainSettings,
  type DomainItemSettings,
} from './domain-settings';
import { retryConflicts } from './retry-conflicts';

export type NewDomain = DomainSettings & { readonly name: string };

const DEFAULTS = {
  scimAvailable: true,
  scimEnabled: true,
  ratePlan: 'standard',
  mailDelayMinutes: 0,
  mailPaused: false,
  notifyAddresses: [],
} as const;

/**
 * The age at which a usage key that its domain does not name counts as abandoned. No command takes this long,
 * so a command that died left the key.
 */
const ORPHAN_AGE_MS = 15 * 60_000;

/**
 * Administers the domains of a deployment. Throws `AdminError`. A change is one transaction with its audit
 * event. Calls of API Gateway follow the transaction, and a repeated call repeats them. A change of usage
 * keys is written down first, so that a sweep finds the keys that it leaves behind if it is interrupted.
 */
export class DomainAdmin {
  constructor(
    private readonly domains: DomainStore,
    private readonly deletedDomains: DeletedDomains,
    private readonly usageKeys: UsageKeys,
    private readonly keyChanges: UsageKeyChanges,
    private readonly now: () => Date,
  ) {}

  async createDomain(input: NewDomain, actor: Actor): Promise<Domain> {
    const { itemSettings, seats } = validateSettings(input);
    const settings: DomainItemSettings = { ...DEFAULTS, name: input.name, ...itemSettings };
    const domainId = newId();
    const keyChange = await this.keyChanges.begin(domainId, input.name, this.now());
    const usageKey = await this.createUsageKey(keyChange, settings.ratePlan);
    const changes = changesBetween({}, withSeats(settings, seats));
    const audit = this.event('domain.created', domainId, actor, changes);
    const domain = { domainId, ...settings, ...usageKeyFields(usageKey), createdAt: audit.at, version: 1 };
    await withUsageKeyCleanup(this.parts, domainId, usageKey, () =>
      this.domains.create(domain, audit, seats, [this.openCheck(keyChange)]),
    );
    await this.keyChanges.end(keyChange);
    return domain;
  }

  /** Returns at most `limit` domains, oldest first, after the id `after`. `next` is absent at the end. */
  listDomains(limit: number, after?: string): Promise<{ domains: DomainSummary[]; next?: string }> {
    return this.domains.page(limit, after);
  }

  /** Returns a page of the domains that are being deleted, or were deleted in the last month. */
  listDeletedDomains(limit: number, after?: string): Promise<{ domains: DeletedDomain[]; next?: string }> {
    return this.deletedDomains.page(limit, after);
  }

  /** Returns the seats, and the numbers of users, groups, and licenses. */
  getCounts(domainId: string): Promise<SeatCounts> {
    return this.domains.counts(domainId);
  }

  async getDomain(domainId: string): Promise<Domain> {
    const domain = await this.domains.get(domainId);
    if (!domain) throw domainNotFound(domainId);
    return domain;
  }

  /**
   * Changes the settings, effective immediately. If another administrator changes the domain at the same
   * time, the change is repeated on the fresh domain, so that neither is lost. A call may be repeated, and
   * must be repeated if it fails.
   */
  async updateDomain(domainId: string, input: DomainSettings, actor: Actor): Promise<Domain> {
    const { itemSettings, seats } = validateSettings(input);
    const { scimAvailable, scimEnabled, ratePlan } = itemSettings;
    const { before, after, keyChange } = await retryConflicts(this.now, () =>
      this.change(domainId, itemSettings, seats, actor),
    );
    if ([scimAvailable, scimEnabled, ratePlan].some((setting) => setting !== undefined))
      await this.usageKeys.flushAuthorizerCache();
    if (ratePlan !== undefined) {
      // After the flush, no cached response of the authorizer names the old key.
      if (before.usageKeyId !== after.usageKeyId) await this.usageKeys.delete(before.usageKeyId);
      const madeAfter = new Date(this.now().getTime() - ORPHAN_AGE_MS);
      await this.usageKeys.deleteAll(domainId, { kept: after.usageKeyId, madeAfter });
    }
    if (keyChange) await this.keyChanges.end(keyChange);
    return after;
  }

  /**
   * Deletes a domain with all its data. `name` is its name, typed again. First disables SCIM and closes
   * the counts, so that requests in progress create nothing. A sweep removes the data in the background;
   * `listDeletedDomains` shows when it has ended. Repeat a call that fails.
   */
  async deleteDomain(domainId: string, name: string, actor: Actor): Promise<DeletedDomain> {
    let keyChange: UsageKeyChange | undefined;
    await retryConflicts(this.now, async () => {
      const domain = await this.domains.get(domainId);
      if (!domain) return;
      assertName(domain, name);
      keyChange ??= await this.keyChanges.begin(domainId, name, this.now());
      const disabled = await this.disableScim(domain, actor);
      await this.usageKeys.flushAuthorizerCache();
      const audit = this.event('domain.deleted', domainId, actor, changesBetween(domain, {}));
      await this.domains.delete(disabled, audit);
    });
    const deleted = await this.deletedDomains.get(domainId);
    if (!deleted) throw domainNotFound(domainId);
    assertName(deleted, name);
    await this.usageKeys.flushAuthorizerCache();
    await this.usageKeys.deleteAll(domainId);
    if (keyChange) await this.keyChanges.end(keyChange);
    return deleted;
  }

  /** Returns the domain with SCIM disabled. */
  private async disableScim(before: Domain, actor: Actor): Promise<Domain> {
    if (!before.scimEnabled) return before;
    const after = { ...before, scimEnabled: false };
    const audit = this.event('domain.updated', before.domainId, actor, changesBetween(before, after));
    return this.domains.replace(before, after, audit);
  }

  /**
   * Makes the change to the current domain. A domain whose usage key is not on its rate plan gets a new key.
   */
  private async change(
    domainId: string,
    itemSettings: Partial<DomainItemSettings>,
    seats: SeatSettings | undefined,
    actor: Actor,
  ): Promise<{ before: Domain; after: Domain; keyChange?: UsageKeyChange }> {
    const before = await this.getDomain(domainId);
    // Each change of the seats also changes the domain, so the condition on its version covers the seats read
    // here.
    const { ratePlan, scimEnabled } = itemSettings;
    if (seats || scimEnabled) await this.assertNotDeleted(domainId);
    const seatsBefore = seats && (await this.domains.openCounts(domainId));
    // A key that moves between plans is on no plan for a moment, and its requests are 403. So create a new
    // key.
    const newPlan =
      ratePlan !== undefined && !(await this.usageKeys.isOnPlan(before.usageKeyId, ratePlan))
        ? ratePlan
        : undefined;
    const keyChange = newPlan && (await this.keyChanges.begin(domainId, before.name, this.now()));
    const newKey = newPlan && keyChange && (await this.createUsageKey(keyChange, newPlan));
    const after = { ...before, ...itemSettings, ...(newKey && usageKeyFields(newKey)) };
    const changes = changesBetween(
      withSeats(before, seatsBefore),
      withSeats(after, seatsBefore && { ...seatsBefore, ...seats }),
    );
    if (changes.length === 0 && !newKey) return { before, after: before };
    const audit = this.event('domain.updated', domainId, actor, changes);
    const extraWrites = [
      ...(seatsBefore ? seatSettingsWrites(domainId, seatsBefore, seats ?? {}, audit.at) : []),
      ...(keyChange ? [this.openCheck(keyChange)] : []),
    ];
    const replace = () => this.domains.replace(before, after, audit, extraWrites);
    return {
      before,
      after: await (newKey ? withUsageKeyCleanup(this.parts, domainId, newKey, replace) : replace()),
      ...(keyChange && { keyChange }),
    };
  }

  /** A deletion that was cut off has closed the counts of the domain for good. */
  private async assertNotDeleted(domainId: string): Promise<void> {
    if ((await this.domains.counts(domainId)).deletedAt === undefined) return;
    throw new AdminError(
      `The deletion of the domain ${domainId} has begun. Delete the domain again to complete it.`,
      'conflict',
    );
  }

  /** Creates a key for a change that was written down. */
  private createUsageKey(change: UsageKeyChange, ratePlan: RatePlanName): Promise<UsageKey> {
    return withinApiKeyQuota(
      () => this.usageKeys.create(change.domainId, ratePlan),
      () => this.keyChanges.end(change),
    );
  }

  private get parts() {
    return { domains: this.domains, usageKeys: this.usageKeys };
  }

  private openCheck(keyChange: UsageKeyChange): Write {
    const interrupted = () =>
      new AdminError('The change took too long. Nothing was changed. Try again.', 'conflict');
    return this.keyChanges.openCheck(keyChange, interrupted);
  }

  private event(
    action: AuditAction,
    domainId: string,
    actor: Actor,
    changes: readonly AttributeChange[],
  ): AuditEvent {
    return { id: newId(), at: this.now().toISOString(), action, resourceId: domainId, actor, changes };
  }
}

export function openDomainAdmin(deployment: Deployment, now = () => new Date()): DomainAdmin {
  const table = openTable(deployment.tableName);
  return new DomainAdmin(
    new DomainStore(table, deployment.auditRetentionDays),
    new DeletedDomains(table),
    new UsageKeys(deployment),
    new UsageKeyChanges(table),
    now,
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
