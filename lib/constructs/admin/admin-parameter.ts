import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { adminParameter, type AdminDeployment } from '../../../shared/deployment';
import { stageOf } from '../stage/stage';

/** The parameter in which the CLI finds the admin API. */
export class AdminParameter extends Construct {
  public readonly parameter: StringParameter;

  public constructor(scope: Construct, id: string, deployment: AdminDeployment) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: adminParameter(stageOf(this)),
      description: 'Addresses of the admin API and the portal of the SCIM provisioning service',
      stringValue: Stack.of(this).toJsonString(deployment),
    });
  }
}
