import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV } from '../../shared/env';
import type { Config } from '../config';
import { AdminAlarms } from '../constructs/admin/admin-alarms';
import { AdminApi, ADMIN_STAGE, ADMIN_VERSION } from '../constructs/admin/admin-api';
import { AdminAuthorizer } from '../constructs/admin/admin-authorizer';
import { AdminFunction } from '../constructs/admin/admin-function';
import { AdminParameter } from '../constructs/admin/admin-parameter';
import { AdminUsersFunction } from '../constructs/admin/admin-users-function';
import { AdminToken } from '../constructs/admin/admin-token';
import { SecretsParameter } from '../constructs/admin/secrets-parameter';
import { PortalSignIn } from '../constructs/portal/portal-sign-in';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { adminQueries } from '../constructs/admin/admin-queries';
import { CLOUDFRONT_REGION, PortalAlarms } from '../constructs/portal/portal-alarms';
import { portalHelp } from '../constructs/portal/portal-help';
import { PortalSite } from '../constructs/portal/portal-site';
import { dataPolicyOf } from '../constructs/stage/data-policy';
import { reserveConcurrency } from '../constructs/common/reserve-concurrency';
import type { ScimFunction } from '../constructs/common/scim-function';
import { ScimSecret } from '../constructs/common/scim-secret';
import { WebAcl } from '../constructs/gateway/web-acl';
import type { ScimApiStack } from './scim-api-stack';
import type { ScimDataStack } from './scim-data-stack';
import type { ScimLicensesStack } from './scim-licenses-stack';
import type { ScimSweepStack } from './scim-sweep-stack';
import { stageProps } from './stage-props';

/** The stacks that the admin API administers. */
export interface AdminStackDependencies {
  readonly data: ScimDataStack;
  readonly api: ScimApiStack;
  readonly licenses: ScimLicensesStack;
  readonly sweep: ScimSweepStack;
}

/** The admin API. Unless the settings leave it out, also the portal, and the sign-in of its users. */
export class ScimAdminStack extends Stack {
  public readonly adminApi: AdminApi;
  public readonly authorizer: AdminAuthorizer;
  public readonly handler: ScimFunction;
  public readonly users: ScimFunction;

  public constructor(
    scope: Construct,
    id: string,
    config: Config,
    { data, api, licenses, sweep }: AdminStackDependencies,
  ) {
    super(scope, id, {
      ...stageProps(id, config),
      description: `SCIM provisioning: admin API${config.portal ? ' and portal' : ''}`,
      terminationProtection: config.protect,
    });
    const { table, keyPepper } = data;
    this.adminApi = new AdminApi(this, 'Admin');
    const adminUrl = `https://${this.adminApi.hostName}/${ADMIN_STAGE}/${ADMIN_VERSION}`;
    const portal = config.portal ? this.addPortal(config, api) : undefined;
    // Without a portal, tools of the vendor can still sign in their users at an issuer of the vendor.
    const issuer = portal?.issuer ?? config.issuer;
    const token = new AdminToken(this, 'Token');
    const authorizer = new AdminAuthorizer(this, 'Authorizer', {
      table,
      auditRetentionDays: config.auditRetentionDays,
      token,
      issuer,
    });
    const { handler } = new AdminFunction(this, 'Function', {
      table,
      keyPepper,
      scimApi: api.scimApi,
      deployment: api.deployment,
      config,
      failures: { changes: licenses.changes.failures, mails: licenses.delivery.failures },
      mailIdentity: licenses.mailIdentity,
      portalUrl: portal?.url,
    });
    const { handler: users } = new AdminUsersFunction(this, 'Users', { table, deployment: api.deployment });
    sweep.webhooks.grantAdministration(handler);
    data.alarmTopic.grantReadSubscriptions(handler);
    this.authorizer = authorizer;
    this.handler = handler;
    this.users = users;
    reserveConcurrency(config.concurrency, {
      adminAuthorizer: authorizer.handler,
      admin: handler,
      adminUsers: users,
    });
    for (const fn of [handler, users]) portal?.originSecret.grantRead(fn);
    portal?.signIn.grantAccounts(handler);
    this.adminApi.addRoutes({ handler, users }, authorizer);
    if (config.webAcl) new WebAcl(this, 'WebAcl', { apis: { Admin: this.adminApi.api } });
    // The stage has an access log, which needs the account's log role.
    this.addStackDependency(api);
    // The parameter of the secrets is deployed after all functions.
    for (const earlier of [licenses, sweep]) this.addStackDependency(earlier);
    const alarms = new AdminAlarms(this, 'Alarms', {
      adminApi: this.adminApi,
      authorizer: authorizer.handler,
      handler,
      users,
      topic: data.alarmTopic,
    });
    new SavedQueries(this, 'Queries', {
      queries: adminQueries({
        accessLog: this.adminApi.accessLog,
        authorizer: authorizer.handler.logGroup,
        handler: handler.logGroup,
        users: users.logGroup,
      }),
    });
    // The metrics of CloudFront are in one region, so only stages there have alarms on the portal.
    if (portal && this.region === CLOUDFRONT_REGION)
      new PortalAlarms(this, 'PortalAlarms', {
        distribution: portal.distribution,
        certificateArn: config.portalDomain?.certificateArn,
        adminApiFailing: alarms.serverErrors,
        topic: data.alarmTopic,
      });
    new AdminParameter(this, 'Parameter', {
      adminUrl,
      adminTokenSecretArn: token.secret.secretArn,
      portalUrl: portal?.url,
      issuer: issuer?.issuer,
      clientId: issuer?.clientId,
    });
    new SecretsParameter(this, 'Secrets', {
      secrets: {
        pepper: keyPepper,
        'access-token': data.accessTokenSecret,
        cursor: data.cursorSecret,
        license: data.licenseSecret,
        webhook: data.webhookSecret,
        ...(portal && { 'portal-origin': portal.originSecret }),
      },
      after: [authorizer.handler, handler, users],
    });
    if (portal)
      new CfnOutput(this, 'PortalUrl', { key: 'portalUrl', description: 'Portal', value: portal.url });
    new CfnOutput(this, 'AdminUrl', { key: 'adminUrl', description: 'Admin API', value: adminUrl });
  }

  /** Adds the portal and the sign-in of its users. */
  private addPortal(config: Config, { scimApi, deployment }: ScimApiStack) {
    const { baseUrl, licenseCheckUrl } = deployment;
    const signIn = new PortalSignIn(this, 'SignIn', {
      externalIssuer: config.issuer,
      data: dataPolicyOf(config),
    });
    const originSecret = new ScimSecret(this, 'PortalPassage', {
      description: 'Proves to the admin API that a request came through the portal',
      environmentVariable: ENV.portalOriginSecretArn,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const site = new PortalSite(this, 'Portal', {
      adminApi: this.adminApi,
      scimApi,
      originSecret,
      signInOrigins: signIn.connectOrigins,
      customDomain: config.portalDomain,
      publicHelp: config.publicHelp,
    });
    const issuer = signIn.clientFor(site.url);
    site.publish({
      issuer: issuer.issuer,
      clientId: issuer.clientId,
      scope: signIn.scope,
      docsUrl: config.docsUrl,
      contactText: config.contactText,
      productName: config.mail.productName,
      help: portalHelp(config, { scimBaseUrl: baseUrl, licenseCheckUrl }),
    });
    return { url: site.url, distribution: site.distribution, issuer, originSecret, signIn };
  }
}
