import { randomBytes } from 'node:crypto';
import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  FlushStageAuthorizersCacheCommand,
  type GetApiKeysCommandInput,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeyCommand,
  LimitExceededException,
  type ApiKey,
  NotFoundException,
} from '@aws-sdk/client-api-gateway';
import { MAX_API_KEYS } from '../limits/admin-limits';
import { ApiKeyQuotaError } from './api-key-quota';
import { requestTimeouts } from '../request-timeouts';
import { retry } from '../retry/retry';
import { isTransientError, isUncertain } from '../retry/transient-error';
import type { Deployment } from '../deployment';
import type { RatePlanName } from '../limits/rate-plan';
import { stageTags } from '../stage';

/** Long enough for the slowest calls of the control plane, and for a second attempt within an API request. */
const REQUEST_TIMEOUT_MS = 5_000;

/** The most keys that API Gateway returns at once. */
const MAX_PAGE = 500;

/** The API key that assigns a domain to its usage plan. The authorizer's response contains its value. */
export interface UsageKey {
  readonly id: string;
  readonly value: string;
}

/** Manages the usage keys of domains and the authorizer's cache in API Gateway. */
export class UsageKeys {
  private readonly client = new APIGatewayClient({
    // `retry` repeats requests.
    maxAttempts: 1,
    requestHandler: requestTimeouts(REQUEST_TIMEOUT_MS),
  });

  /** `quota` is the number of API keys that the account can have in the region. */
  constructor(
    private readonly deployment: Deployment,
    private readonly quota = MAX_API_KEYS,
  ) {}

  /**
   * Creates a key on the usage plan. A domain may have several keys; the authorizer's response selects one.
   * Throws an `ApiKeyQuotaError` if the account cannot have another key.
   */
  async create(domainId: string, ratePlan: RatePlanName): Promise<UsageKey> {
    const value = randomBytes(30).toString('base64url');
    const id = await this.createKey(domainId, value);
    try {
      await this.addToPlan(id, ratePlan);
    } catch (error) {
      // The first error explains the problem better than an error of the cleanup.
      await this.delete(id).catch(() => undefined);
      throw error;
    }
    return { id, value };
  }

  /**
   * Creates a key and returns its id. API Gateway refuses a second key with the same value, so that a
   * repetition after a lost response finds the first key instead of creating another.
   */
  private async createKey(domainId: string, value: string): Promise<string> {
    const name = nameOf(domainId);
    const createKey = new CreateApiKeyCommand({
      name,
      value,
      enabled: true,
      description: 'Rate plan of a SCIM domain',
      // The permission to delete keys applies only to keys with these tags.
      tags: stageTags(this.deployment.stage),
    });
    let isCounted = false;
    try {
      return await retryWhenBusy(async () => {
        try {
          const { id } = await this.client.send(createKey);
          if (id) return id;
        } catch (error) {
          // AWS has one error for a limit that ends soon and for the quota, which does not end.
          if (error instanceof LimitExceededException && !isCounted) {
            isCounted = true;
            if ((await this.count()) >= this.quota) throw new ApiKeyQuotaError(this.quota);
          }
          const existing = error instanceof ConflictException && (await this.findKey(name, value));
          if (!existing) throw error;
          return existing;
        }
        throw new Error('API Gateway created an API key without an ID.');
      });
    } catch (error) {
      // The key may exist although no response said so. No domain would ever name it.
      const orphan = await this.findKey(name, value).catch(() => undefined);
      if (orphan) await this.delete(orphan).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Puts a key on a usage plan. API Gateway refuses a key that is on the plan as it refuses a parallel call,
   * so a repetition after a lost response looks at the plan.
   */
  private async addToPlan(keyId: string, ratePlan: RatePlanName): Promise<void> {
    const usagePlanId = this.deployment.usagePlanIds[ratePlan];
    const addToPlan = new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' });
    let mayBeOnPlan = false;
    await retryWhenBusy(async () => {
      try {
        await this.client.send(addToPlan);
      } catch (error) {
        if (error instanceof ConflictException && mayBeOnPlan && (await this.isOnPlan(keyId, ratePlan)))
          return;
        mayBeOnPlan ||= isUncertain(error);
        throw error;
      }
    });
  }

  private async findKey(nameQuery: string, value: string): Promise<string | undefined> {
    const query = { nameQuery, includeValues: true };
    for await (const items of this.pages(query)) {
      const found = items.find((key) => key.value === value);
      if (found) return found.id;
    }
    return undefined;
  }

  /**
   * Returns the number of API keys of the account in this region, also those of other stages and products.
   */
  async count(): Promise<number> {
    let count = 0;
    for await (const items of this.pages({ limit: MAX_PAGE })) count += items.length;
    return count;
  }

  /** Yields the keys that a query finds, page by page. */
  private async *pages(query: GetApiKeysCommandInput): AsyncGenerator<readonly ApiKey[]> {
    let position: string | undefined;
    do {
      const command = new GetApiKeysCommand({ ...query, position });
      const page = await retry(() => this.client.send(command));
      yield page.items ?? [];
      position = page.position;
    } while (position !== undefined);
  }

  /**
   * Returns whether the key exists and is on the plan. A new API has new plans, so old keys are not on them.
   */
  async isOnPlan(id: string, ratePlan: RatePlanName): Promise<boolean> {
    const usagePlanId = this.deployment.usagePlanIds[ratePlan];
    try {
      await retry(() => this.client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId: id })));
      return true;
    } catch (error) {
      if (error instanceof NotFoundException) return false;
      throw error;
    }
  }

  /** Deletes a key. Succeeds if the key does not exist. */
  async delete(id: string): Promise<void> {
    try {
      await retryWhenBusy(() => this.client.send(new DeleteApiKeyCommand({ apiKey: id })));
    } catch (error) {
      if (error instanceof NotFoundException) return;
      // AWS compares the tags first, so it denies access to a key that does not exist.
      if (!isAccessDenied(error) || (await this.exists(id))) throw error;
    }
  }

  private async exists(id: string): Promise<boolean> {
    try {
      await this.client.send(new GetApiKeyCommand({ apiKey: id }));
      return true;
    } catch (error) {
      if (error instanceof NotFoundException) return false;
      throw error;
    }
  }

  /** Returns the IDs of the keys of a domain. */
  async list(domainId: string): Promise<string[]> {
    return (await this.keysOf(domainId)).flatMap(({ id }) => id ?? []);
  }

  /**
   * Deletes the keys of a domain, except the key with the ID `kept` and keys that were created after
   * `madeAfter`.
   */
  async deleteAll(domainId: string, except: { kept?: string; madeAfter?: Date } = {}): Promise<void> {
    for (const { id, createdDate } of await this.keysOf(domainId)) {
      const isNewer = except.madeAfter && createdDate && createdDate > except.madeAfter;
      if (id && id !== except.kept && !isNewer) await this.delete(id);
    }
  }

  private async keysOf(domainId: string): Promise<ApiKey[]> {
    const name = nameOf(domainId);
    const keys: ApiKey[] = [];
    // `nameQuery` also finds longer names that start with it.
    for await (const items of this.pages({ nameQuery: name }))
      keys.push(...items.filter((key) => key.name === name));
    return keys;
  }

  /** Flushes the cached responses of the authorizer, so that a revoked key is refused immediately. */
  async flushAuthorizerCache(): Promise<void> {
    const { restApiId, stageName } = this.deployment;
    const flush = new FlushStageAuthorizersCacheCommand({ restApiId, stageName });
    await retryWhenBusy(() => this.client.send(flush));
  }
}

/** Leaves room for other work within the 29 s of an API request. */
const BUSY_WINDOW_MS = 10_000;

/**
 * Sends a request to API Gateway's control plane again while it is busy. It creates five keys a second and
 * puts one key at a time on a usage plan; it answers a parallel request with a conflict.
 */
const retryWhenBusy = <T>(send: () => Promise<T>): Promise<T> =>
  retry(send, {
    windowMs: BUSY_WINDOW_MS,
    isRetryable: (error) => isTransientError(error) || error instanceof ConflictException,
  });

const isAccessDenied = (error: unknown): boolean => (error as Error).name === 'AccessDeniedException';

const nameOf = (domainId: string): string => `scim-${domainId}`;
