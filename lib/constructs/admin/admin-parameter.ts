import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ADMIN_PARAMETER, type AdminDeployment } from '../../../shared/deployment';

/** The parameter in which the CLI finds the admin API. */
export class AdminParameter extends Construct {
  public readonly parameter: StringParameter;

  public constructor(scope: Construct, id: string, deployment: AdminDeployment) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: ADMIN_PARAMETER,
      description: 'Addresses of the admin API and the portal of the SCIM provisioning service',
      stringValue: Stack.of(this).toJsonString(deployment),
    });
  }
}
