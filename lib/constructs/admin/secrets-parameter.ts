import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { secretsParameter } from '../../../shared/deployment';
import type { SecretName } from '../../../shared/credentials/secret-names';
import type { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import { stageOf } from '../stage/stage';

export interface SecretsParameterProps {
  /** The secrets that an operator can rotate. */
  readonly secrets: Readonly<Partial<Record<SecretName, ScimSecret>>>;
  /** The functions that are deployed last. */
  readonly after: readonly ScimFunction[];
}

/**
 * The parameter in which the CLI finds the secrets. It is deployed after all functions: functions of version
 * 0.1.0 cannot read a secret with several versions.
 */
export class SecretsParameter extends Construct {
  public constructor(scope: Construct, id: string, { secrets, after }: SecretsParameterProps) {
    super(scope, id);
    const arns = Object.entries(secrets).map(([name, { secret }]) => [name, secret.secretArn]);
    const parameter = new StringParameter(this, 'Parameter', {
      parameterName: secretsParameter(stageOf(this)),
      description: 'ARNs of the secrets of the SCIM provisioning service',
      stringValue: Stack.of(this).toJsonString(Object.fromEntries(arns)),
    });
    parameter.node.addDependency(...after);
  }
}
