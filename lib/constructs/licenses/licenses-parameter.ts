import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { LICENSES_PARAMETER, type LicensesDeployment } from '../../../shared/deployment';
import type { LicenseChanges } from './license-changes';
import type { MailDelivery } from '../mail/mail-delivery';

export interface LicensesParameterProps {
  readonly changes: LicenseChanges;
  readonly delivery: MailDelivery;
}

/** The parameter by which the CLI finds the queues of what was given up. */
export class LicensesParameter extends Construct {
  public readonly parameter: StringParameter;

  public constructor(scope: Construct, id: string, { changes, delivery }: LicensesParameterProps) {
    super(scope, id);
    const licenses: LicensesDeployment = {
      failureQueueUrl: changes.failures.queueUrl,
      mailFailuresQueueUrl: delivery.failures.queueUrl,
    };
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: LICENSES_PARAMETER,
      description: 'Where changes of licenses and mails go that were given up',
      stringValue: Stack.of(this).toJsonString(licenses),
    });
  }
}
