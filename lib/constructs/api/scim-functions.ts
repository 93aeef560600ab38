import { Construct } from 'constructs';
import { helpDocsUrl } from '../../../shared/docs-url';
import { ENV } from '../../../shared/env';
import type { Config } from '../../config';
import { grantMappingLookup } from '../mappings/mapping-grants';
import { grantSenderStatus, type ReadinessConfig } from '../diagnostics/readiness-grant';
import { grantPortalUrl } from '../common/portal-url-grant';
import { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';

export interface ScimFunctionsProps {
  readonly table: ScimTable;
  readonly keyPepper: ScimSecret;
  readonly accessTokenSecret: ScimSecret;
  readonly cursorSecret: ScimSecret;
  readonly config: ReadinessConfig &
    Pick<Config, 'auditRetentionDays' | 'keyGraceDays' | 'portal' | 'portalDomain' | 'requireMailAddress'>;
}

/** The functions behind the SCIM API. Each one serves a resource type or another group of paths. */
export class ScimFunctions extends Construct {
  public readonly users: ScimFunction;
  public readonly groups: ScimFunction;
  public readonly bulk: ScimFunction;
  public readonly search: ScimFunction;
  public readonly discovery: ScimFunction;
  public readonly readiness: ScimFunction;
  public readonly notFound: ScimFunction;

  public constructor(scope: Construct, id: string, props: ScimFunctionsProps) {
    super(scope, id);
    const { table, keyPepper, accessTokenSecret, cursorSecret, config } = props;
    this.users = new ScimFunction(this, 'Users', { entry: 'users', description: 'SCIM users' });
    this.groups = new ScimFunction(this, 'Groups', { entry: 'groups', description: 'SCIM groups' });
    this.bulk = new ScimFunction(this, 'Bulk', {
      entry: 'bulk',
      description: 'SCIM bulk requests',
    });
    this.search = new ScimFunction(this, 'Search', {
      entry: 'search',
      description: 'SCIM searches across users and groups',
    });
    this.discovery = new ScimFunction(this, 'Discovery', {
      entry: 'discovery',
      description: 'SCIM schemas, resource types and service provider configuration',
    });
    this.readiness = new ScimFunction(this, 'Readiness', {
      entry: 'readiness',
      description: 'Readiness of a domain',
    });
    this.notFound = new ScimFunction(this, 'NotFound', {
      entry: 'not-found',
      description: 'Answers requests for unknown paths',
    });
    table.grantUsers(this.users);
    table.grantGroups(this.groups);
    table.grantUsersAndGroups(this.bulk);
    table.grantSearch(this.search);
    for (const fn of [this.users, this.groups, this.search]) cursorSecret.grantRead(fn);
    for (const fn of [this.users, this.bulk])
      fn.addEnvironment({
        [ENV.keyGraceDays]: String(config.keyGraceDays),
        [ENV.requireMailAddress]: String(config.requireMailAddress),
      });
    grantSenderStatus(this.readiness, config);
    if (config.portal) grantPortalUrl(this.readiness);
    table.grantReadiness(this.readiness);
    // One of its methods has no authorizer, so it checks credentials itself.
    table.grantScimKeyLookup(this.discovery);
    grantMappingLookup(table, this.discovery);
    for (const secret of [keyPepper, accessTokenSecret]) secret.grantRead(this.discovery);
    // `not-found` serves discovery in other letter cases. CloudFront's name of the portal is not known yet.
    // It has no place in discovery, which would have to read it.
    const docsUrl = config.portalDomain
      ? helpDocsUrl(`https://${config.portalDomain.domainName}`)
      : config.docsUrl;
    for (const fn of [this.discovery, this.notFound]) fn.addEnvironment({ [ENV.docsUrl]: docsUrl });
    const { users, groups, bulk, search, discovery, readiness, notFound } = this;
    for (const fn of [users, groups, bulk, search, discovery, readiness, notFound]) {
      table.grantRequestRecords(fn);
      fn.addEnvironment({
        [ENV.ratePlans]: JSON.stringify(config.ratePlans),
        [ENV.auditRetentionDays]: String(config.auditRetentionDays),
      });
    }
  }
}
