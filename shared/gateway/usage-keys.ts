import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  FlushStageAuthorizersCacheCommand,
} from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../deployment';
import type { RatePlanName } from '../rate-plan';

/** The API key that puts a domain on its usage plan. The authorizer names it by its value. */
export interface UsageKey {
  readonly id: string;
  readonly value: string;
}

/** API Gateway's side of a deployment: a domain's usage key, and the authorizer's cache. */
export class UsageKeys {
  private readonly client = new APIGatewayClient({});

  constructor(private readonly deployment: Deployment) {}

  async create(domainId: string, ratePlan: RatePlanName): Promise<UsageKey> {
    const { id, value } = await this.client.send(
      new CreateApiKeyCommand({
        name: `scim-${domainId}`,
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

  async delete(id: string): Promise<void> {
    await this.client.send(new DeleteApiKeyCommand({ apiKey: id }));
  }

  /** Makes every cached answer of the authorizer void, so that a revoked key is refused at once. */
  async flushAuthorizerCache(): Promise<void> {
    const { restApiId, stageName } = this.deployment;
    await this.client.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName }));
  }
}
