import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../../shared/deployment';
import type { Config } from '../config';
import { ApiAlarms } from '../constructs/api/api-alarms';
import { apiQueries } from '../constructs/api/api-queries';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { CertificateAlarm } from '../constructs/monitoring/certificate-alarm';
import { CustomDomain } from '../constructs/api/custom-domain';
import { DeploymentParameter } from '../constructs/api/deployment-parameter';
import { LicenseCheckAlarms } from '../constructs/license-check/license-check-alarms';
import {
  LICENSE_CHECK_PATH,
  LICENSE_STAGE,
  LicenseCheckApi,
} from '../constructs/license-check/license-check-api';
import { LicenseLease } from '../constructs/license-lease/license-lease';
import { reserveConcurrency } from '../constructs/common/reserve-concurrency';
import { SCIM_VERSION } from '../constructs/api/scim-routes';
import { ScimApi, SCIM_STAGE } from '../constructs/api/scim-api';
import { ScimAuthorizer } from '../constructs/api/scim-authorizer';
import { ScimFunctions } from '../constructs/api/scim-functions';
import { describeConcurrency } from '../settings/concurrency';
import { TokenAlarms } from '../constructs/token/token-alarms';
import { TokenEndpoint } from '../constructs/token/token-endpoint';
import { tokenQueries } from '../constructs/token/token-queries';
import { WebAcl } from '../constructs/gateway/web-acl';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/** The SCIM API for identity providers, and the license check API for products. */
export class ScimApiStack extends Stack {
  public readonly scimApi: ScimApi;
  public readonly licenseCheck: LicenseCheckApi;
  public readonly licenseLease: LicenseLease;
  public readonly functions: ScimFunctions;
  public readonly authorizer: ScimAuthorizer;
  public readonly token: TokenEndpoint;
  /** The addresses and names of the parts of the service. */
  public readonly deployment: Deployment;

  public constructor(scope: Construct, id: string, config: Config, data: ScimDataStack) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: API' });
    const { table, keyPepper, accessTokenSecret, cursorSecret } = data;
    const { ratePlans, auditRetentionDays, keyGraceDays, requireMailAddress, mailBudget } = config;
    const authorizer = new ScimAuthorizer(this, 'Authorizer', { table, keyPepper, accessTokenSecret });
    const functions = new ScimFunctions(this, 'Functions', {
      table,
      keyPepper,
      accessTokenSecret,
      cursorSecret,
      config,
    });
    this.authorizer = authorizer;
    this.functions = functions;
    this.scimApi = new ScimApi(this, 'Scim', {
      authorizer,
      functions,
      ratePlans,
      setAccountRole: config.apiGatewayAccountRole,
      requestsPerSecond: config.scimRequestsPerSecond,
    });
    this.licenseCheck = new LicenseCheckApi(this, 'LicenseCheck', {
      table,
      settings: config.licenseCheck,
      accountRole: this.scimApi.api.deploymentStage,
    });
    // ScimAdmin imports them, unless the stage has a custom domain. Without them, no stage could get one.
    this.exportValue(this.licenseCheck.api.restApiId);
    this.exportValue(this.licenseCheck.api.deploymentStage.stageName);
    const { licenseCheck } = this;
    this.licenseLease = new LicenseLease(this, 'LicenseLease', {
      licenseCheck,
      table,
      keys: data.leaseKeys,
      config,
    });
    this.token = new TokenEndpoint(this, 'Token', {
      api: this.scimApi.api,
      table,
      keyPepper,
      accessTokenSecret,
      shares: licenseCheck.authorizer.handler,
      shareKeys: licenseCheck.usage.keys,
      otherPlan: licenseCheck.usage.usagePlan,
      config,
    });
    const { users, groups, bulk, search } = functions;
    reserveConcurrency(config.concurrency, {
      authorizer: authorizer.handler,
      licenseCheckAuthorizer: this.licenseCheck.authorizer.handler,
      token: this.token.handler,
      users,
      groups,
      bulk,
      search,
    });
    if (config.concurrency)
      Annotations.of(this).addInfoV2('scim:concurrency', describeConcurrency(config.concurrency));
    let { baseUrl } = this.scimApi;
    let licenseCheckUrl = this.licenseCheck.checkUrl;
    if (config.customDomain) {
      const { domain } = new CustomDomain(this, 'CustomDomain', {
        ...config.customDomain,
        scimApi: this.scimApi.api,
        licenseApi: this.licenseCheck.api,
      });
      new CertificateAlarm(this, 'CertificateExpires', {
        certificateArn: config.customDomain.certificateArn,
        topic: data.alarmTopic,
      });
      const origin = `https://${config.customDomain.domainName}`;
      baseUrl = `${origin}/${SCIM_STAGE}/${SCIM_VERSION}`;
      licenseCheckUrl = `${origin}/${LICENSE_STAGE}/${LICENSE_CHECK_PATH}`;
      new CfnOutput(this, 'CustomDomainTarget', {
        description: `Target of the DNS record of ${config.customDomain.domainName}`,
        value: domain.domainNameAliasDomainName,
      });
    }
    if (config.webAcl)
      new WebAcl(this, 'WebAcl', {
        apis: { Scim: this.scimApi.api, LicenseCheck: this.licenseCheck.api },
      });
    const { deployment } = new DeploymentParameter(this, 'Deployment', {
      baseUrl,
      licenseCheckUrl,
      table,
      keyPepper,
      accessTokenSecret,
      scimApi: this.scimApi,
      auditRetentionDays,
      keyGraceDays,
      requireMailAddress,
      mailBudget,
    });
    this.deployment = deployment;
    const token = this.token.handler;
    new ApiAlarms(this, 'Alarms', { scimApi: this.scimApi, authorizer, functions, token });
    new TokenAlarms(this, 'TokenAlarms', { endpoint: this.token, topic: data.alarmTopic });
    new LicenseCheckAlarms(this, 'LicenseCheckAlarms', {
      licenseCheck,
      lease: this.licenseLease.handler,
      topic: data.alarmTopic,
    });
    const { scimApi } = this;
    new SavedQueries(this, 'Queries', {
      queries: [
        ...apiQueries({
          scimApi,
          authorizer,
          functions,
          licenseCheck,
          lease: this.licenseLease.handler,
          token,
        }),
        ...tokenQueries(this.token),
      ],
    });
    new CfnOutput(this, 'BaseUrl', { key: 'baseUrl', description: 'SCIM base URL', value: baseUrl });
    new CfnOutput(this, 'LicenseUrl', {
      key: 'licenseUrl',
      description: 'URL of the license API',
      value: this.licenseLease.licenseUrl,
    });
    new CfnOutput(this, 'LicenseCheckUrl', {
      key: 'licenseCheckUrl',
      description: 'URL of license checks',
      value: licenseCheckUrl,
    });
  }
}
