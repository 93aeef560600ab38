import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { licensesParameter, type LicensesDeployment } from '../../../shared/deployment';
import type { LicenseChanges } from './license-changes';
import type { MailDelivery } from '../mail/mail-delivery';
import { stageOf } from '../stage/stage';

export interface LicensesParameterProps {
  readonly changes: LicenseChanges;
  readonly delivery: MailDelivery;
}

/** The parameter that contains the URLs of the dead-letter queues of license changes and emails. */
export class LicensesParameter extends Construct {
  public readonly parameter: StringParameter;

  public constructor(scope: Construct, id: string, { changes, delivery }: LicensesParameterProps) {
    super(scope, id);
    const licenses: LicensesDeployment = {
      failureQueueUrl: changes.failures.queueUrl,
      mailFailuresQueueUrl: delivery.failures.queueUrl,
    };
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: licensesParameter(stageOf(this)),
      description: 'Dead-letter queues of license changes and emails',
      stringValue: Stack.of(this).toJsonString(licenses),
    });
  }
}
