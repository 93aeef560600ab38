import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type Deployment, deploymentParameter } from '../../../shared/deployment';
import type { MailBudgetLimits } from '../../../shared/limits/mail-budget';
import type { RatePlanName } from '../../../shared/limits/rate-plan';
import type { ScimApi } from './scim-api';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';
import { stageOf } from '../stage/stage';

export interface DeploymentParameterProps {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  /** Ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly table: ScimTable;
  readonly keyPepper: ScimSecret;
  readonly accessTokenSecret: ScimSecret;
  readonly scimApi: ScimApi;
  readonly auditRetentionDays: number;
  readonly keyGraceDays: number;
  readonly requireMailAddress: boolean;
  readonly mailBudget: MailBudgetLimits;
}

/** The parameter in which the CLI finds this deployment. */
export class DeploymentParameter extends Construct {
  public readonly parameter: StringParameter;
  public readonly deployment: Deployment;

  public constructor(scope: Construct, id: string, props: DeploymentParameterProps) {
    super(scope, id);
    const { baseUrl, licenseCheckUrl, table, keyPepper, accessTokenSecret, scimApi } = props;
    const { auditRetentionDays, keyGraceDays, requireMailAddress, mailBudget } = props;
    this.deployment = {
      stage: stageOf(this),
      baseUrl,
      licenseCheckUrl,
      tableName: table.table.tableName,
      restApiId: scimApi.api.restApiId,
      stageName: scimApi.api.deploymentStage.stageName,
      keyPepperSecretArn: keyPepper.secret.secretArn,
      accessTokenSecretArn: accessTokenSecret.secret.secretArn,
      auditRetentionDays,
      keyGraceDays,
      requireMailAddress,
      mailBudget,
      usagePlanIds: Object.fromEntries(
        Object.entries(scimApi.ratePlans.usagePlans).map(([name, plan]) => [name, plan.usagePlanId]),
      ) as Record<RatePlanName, string>,
    };
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: deploymentParameter(stageOf(this)),
      description: 'Addresses and names of the parts of the SCIM provisioning service',
      stringValue: Stack.of(this).toJsonString(this.deployment),
    });
  }
}
