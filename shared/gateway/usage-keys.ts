import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  FlushStageAuthorizersCacheCommand,
  GetUsagePlanKeyCommand,
  NotFoundException,
  paginateGetApiKeys,
} from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../deployment';
import type { RatePlanName } from '../rate-plan';

/** The API key that puts a domain on its usage plan. The authorizer names it by its value. */
export interface UsageKey {
  readonly id: string;
  readonly value: string;
}

/** API Gateway's side of a deployment: the usage keys of domains, and the authorizer's cache. */
export class UsageKeys {
  private readonly client = new APIGatewayClient({});

  constructor(private readonly deployment: Deployment) {}

  /** Makes a key on the usage plan. A domain may have several: which one counts is what the authorizer names. */
  async create(domainId: string, ratePlan: RatePlanName): Promise<UsageKey> {
    const { id, value } = await this.client.send(
      new CreateApiKeyCommand({
        name: nameOf(domainId),
        enabled: true,
        description: 'Rate plan of a SCIM domain',
      }),
    );
    if (!id || !value) throw new Error('API Gateway made an API key without an id or a value.');
    try {
      const usagePlanId = this.deployment.usagePlanIds[ratePlan];
      await this.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' }));
    } catch (error) {
      // What it failed of says more than whether the key could be taken back.
      await this.delete(id).catch(() => undefined);
      throw error;
    }
    return { id, value };
  }

  /** Whether the key exists and is on the plan of this deployment, whose plans are others once the API was made anew. */
  async isOnPlan(id: string, ratePlan: RatePlanName): Promise<boolean> {
    const usagePlanId = this.deployment.usagePlanIds[ratePlan];
    try {
      await this.client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId: id }));
      return true;
    } catch (error) {
      if (error instanceof NotFoundException) return false;
      throw error;
    }
  }

  /** May be repeated. */
  async delete(id: string): Promise<void> {
    try {
      await this.client.send(new DeleteApiKeyCommand({ apiKey: id }));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }

  /** Deletes the keys of a domain: all, or but for the one with the id `kept` and those that were made later. */
  async deleteAll(domainId: string, except: { kept?: string; madeAfter?: Date } = {}): Promise<void> {
    const name = nameOf(domainId);
    // `nameQuery` finds names that begin with it.
    for await (const { items = [] } of paginateGetApiKeys({ client: this.client }, { nameQuery: name })) {
      for (const key of items) {
        const isNew = except.madeAfter && key.createdDate && key.createdDate > except.madeAfter;
        if (key.id && key.name === name && key.id !== except.kept && !isNew) await this.delete(key.id);
      }
    }
  }

  /** Makes every cached answer of the authorizer void, so that a revoked key is refused at once. */
  async flushAuthorizerCache(): Promise<void> {
    const { restApiId, stageName } = this.deployment;
    await this.client.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName }));
  }
}

const nameOf = (domainId: string): string => `scim-${domainId}`;
