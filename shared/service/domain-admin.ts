import type { Deployment } from '../deployment';
import { UsageKeys } from '../gateway/usage-keys';
import { newId } from '../id';
import type { RatePlanName } from '../rate-plan';
import { formatToken, hashSecret, newSecret } from '../scim-key';
import { readSecret } from '../secret';
import { DomainStore, type Domain } from '../store/domain-store';
import { ScimKeyStore, type ScimKey } from '../store/scim-key-store';
import { openTable } from '../store/table';
import { AdminError } from './admin-error';

/** A key as an administrator may see it. */
export type ScimKeySummary = Omit<ScimKey, 'hash'>;

/** Administers the domains of a deployment and their SCIM keys. */
export class DomainAdmin {
  constructor(
    private readonly domains: DomainStore,
    private readonly keys: ScimKeyStore,
    private readonly usageKeys: UsageKeys,
    private readonly pepper: () => Promise<string>,
  ) {}

  /** The domain's SCIM is switched on. */
  async createDomain(input: { name: string; ratePlan?: RatePlanName }): Promise<Domain> {
    const { name, ratePlan = 'standard' } = input;
    const domainId = newId();
    const usageKey = await this.usageKeys.create(domainId, ratePlan);
    const domain: Domain = {
      domainId,
      name,
      scimEnabled: true,
      ratePlan,
      createdAt: new Date().toISOString(),
      usageKeyId: usageKey.id,
      usageIdentifierKey: usageKey.value,
    };
    try {
      await this.domains.create(domain);
    } catch (error) {
      await this.usageKeys.delete(usageKey.id).catch(() => undefined);
      throw error;
    }
    return domain;
  }

  listDomains(): Promise<{ domainId: string; name: string }[]> {
    return this.domains.list();
  }

  async getDomain(domainId: string): Promise<Domain> {
    return existing(await this.domains.get(domainId), domainId);
  }

  /** Holds at once: the authorizer's cache is flushed. */
  async setScimEnabled(domainId: string, enabled: boolean): Promise<Domain> {
    const domain = existing(await this.domains.setScimEnabled(domainId, enabled), domainId);
    await this.usageKeys.flushAuthorizerCache();
    return domain;
  }

  /** `expireTime` is RFC 3339; absent, the key never expires. The token is told here and nowhere else. */
  async createScimKey(
    domainId: string,
    input: { name: string; expireTime?: string },
  ): Promise<ScimKeySummary & { token: string }> {
    await this.getDomain(domainId);
    const expireTime = input.expireTime && futureInstant(input.expireTime);
    const keyId = newId();
    const secret = newSecret();
    const key: ScimKeySummary = {
      keyId,
      name: input.name,
      createdAt: new Date().toISOString(),
      ...(expireTime && { expireTime }),
    };
    await this.keys.create(domainId, { ...key, hash: hashSecret(secret, await this.pepper()) });
    return { ...key, token: formatToken({ domainId, keyId, secret }) };
  }

  async listScimKeys(domainId: string): Promise<ScimKeySummary[]> {
    await this.getDomain(domainId);
    return (await this.keys.list(domainId)).map(({ hash: _hash, ...key }) => key);
  }

  /** Holds at once: the authorizer's cache is flushed. May be repeated. */
  async revokeScimKey(domainId: string, keyId: string): Promise<void> {
    if (!(await this.keys.revoke(domainId, keyId, new Date().toISOString()))) {
      throw new AdminError(`The domain ${domainId} has no SCIM key ${keyId}.`);
    }
    await this.usageKeys.flushAuthorizerCache();
  }
}

export function openDomainAdmin(deployment: Deployment): DomainAdmin {
  const table = openTable(deployment.tableName);
  return new DomainAdmin(new DomainStore(table), new ScimKeyStore(table), new UsageKeys(deployment), () =>
    readSecret(deployment.keyPepperSecretArn),
  );
}

function existing(domain: Domain | undefined, domainId: string): Domain {
  if (!domain) throw new AdminError(`There is no domain ${domainId}.`);
  return domain;
}

/** The same instant in UTC, as times are stored; refuses what is no RFC 3339 time or lies in the past. */
function futureInstant(text: string): string {
  const instant = new Date(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  if (!isTime || Number.isNaN(instant.getTime()) || !isDate(text.slice(0, 10))) {
    throw new AdminError(`"${text}" is no time of RFC 3339, such as 2027-01-31T12:00:00Z.`);
  }
  if (instant.getTime() <= Date.now()) throw new AdminError(`The time ${text} has passed already.`);
  return instant.toISOString();
}

/** `Date` takes 31 February for 3 March. */
const isDate = (day: string): boolean => new Date(day).toISOString().startsWith(day);
