import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { LeaseIssuer } from '../../../shared/license-lease';
import type { Config } from '../../config';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { LICENSE_STAGE, type LicenseCheckApi } from '../license-check/license-check-api';
import type { LeaseKeys } from './lease-keys';

/** The part of the path that all resources of the license API share. */
const VERSION = 'v1';

export interface LicenseLeaseProps {
  /** The API to which the paths are added. Its limits apply to them. */
  readonly licenseCheck: LicenseCheckApi;
  readonly table: ScimTable;
  readonly keys: LeaseKeys;
  readonly config: Pick<Config, 'customDomain' | 'licenseCheck' | 'licenseLease'>;
}

/**
 * The function and the paths of leases and of the keys that verify them. The license check has no access to
 * the keys.
 */
export class LicenseLease extends Construct {
  public readonly handler: ScimFunction;
  /** The URL of the license API, which ends in `/license/v1`. Leases name it as their issuer. */
  public readonly licenseUrl: string;

  public constructor(scope: Construct, id: string, props: LicenseLeaseProps) {
    super(scope, id);
    const { licenseCheck, table, keys, config } = props;
    const { api } = licenseCheck;
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-lease',
      description: 'Issues leases of licenses for products, and publishes the keys that verify them',
      timeout: Duration.seconds(10),
    });
    table.grantLicenseCheck(this.handler);
    keys.grantSigning(this.handler);
    const { region, urlSuffix } = Stack.of(this);
    // Not `urlForPath`, which refers to the stage, which depends on the function.
    const host = config.customDomain?.domainName ?? `${api.restApiId}.execute-api.${region}.${urlSuffix}`;
    this.licenseUrl = `https://${host}/${LICENSE_STAGE}/${VERSION}`;
    const issuer: LeaseIssuer = { issuer: this.licenseUrl, days: config.licenseLease.days };
    this.handler.addEnvironment({
      [ENV.licenseLease]: Stack.of(this).toJsonString(issuer),
      [ENV.licenseCheckCache]: JSON.stringify(config.licenseCheck.cacheSeconds),
    });
    for (const resource of ['lease', 'jwks'])
      api.root
        .resourceForPath(`${VERSION}/${resource}`)
        // ANY lets the function distinguish a wrong method from a wrong path.
        .addMethod('ANY', new LambdaIntegration(this.handler.target, { scopePermissionToMethod: false }));
  }
}
