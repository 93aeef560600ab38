import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { ApiAlarms } from '../constructs/api-alarms';
import { CustomDomain } from '../constructs/custom-domain';
import { DeploymentParameter } from '../constructs/deployment-parameter';
import { VERSION } from '../constructs/routes';
import { ScimApi, STAGE_NAME } from '../constructs/scim-api';
import { ScimAuthorizer } from '../constructs/scim-authorizer';
import { ScimFunctions } from '../constructs/scim-functions';
import type { ScimDataStack } from './scim-data-stack';

/** What an identity provider talks to. */
export class ScimApiStack extends Stack {
  public readonly scimApi: ScimApi;

  public constructor(scope: Construct, id: string, config: Config, data: ScimDataStack) {
    super(scope, id, { description: 'SCIM provisioning: API' });
    const { table, keyPepper, cursorSecret } = data;
    const { ratePlans, auditRetentionDays } = config;
    const authorizer = new ScimAuthorizer(this, 'Authorizer', { table, keyPepper });
    const functions = new ScimFunctions(this, 'Functions', {
      table,
      cursorSecret,
      ratePlans,
      auditRetentionDays,
    });
    this.scimApi = new ScimApi(this, 'Scim', {
      authorizer,
      functions,
      ratePlans,
      setAccountRole: config.apiGatewayAccountRole,
    });
    let baseUrl = this.scimApi.baseUrl;
    if (config.customDomain) {
      const { domain } = new CustomDomain(this, 'CustomDomain', {
        ...config.customDomain,
        api: this.scimApi.api,
      });
      baseUrl = `https://${config.customDomain.domainName}/${STAGE_NAME}/${VERSION}`;
      new CfnOutput(this, 'CustomDomainTarget', {
        description: `Where the DNS record of ${config.customDomain.domainName} must point`,
        value: domain.domainNameAliasDomainName,
      });
    }
    new DeploymentParameter(this, 'Deployment', {
      baseUrl,
      table,
      keyPepper,
      scimApi: this.scimApi,
      auditRetentionDays,
    });
    new ApiAlarms(this, 'Alarms', { scimApi: this.scimApi, functions, topic: data.alarmTopic });
    new CfnOutput(this, 'BaseUrl', { key: 'baseUrl', description: 'SCIM base URL', value: baseUrl });
  }
}
