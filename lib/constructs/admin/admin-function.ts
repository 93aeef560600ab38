import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Deployment, LicensesDeployment } from '../../../shared/deployment';
import { ENV } from '../../../shared/env';
import { mayBeOlder, stageTags } from '../../../shared/stage';
import type { Config } from '../../config';
import type { FailureQueue } from '../common/failure-queue';
import { grantConsumers } from '../dispatch/consumer-grants';
import { allowKeyUse } from '../encryption/key-grants';
import { grantMappingAdministration } from '../mappings/mapping-grants';
import { grantSenderStatus, type ReadinessConfig } from '../diagnostics/readiness-grant';
import { grantFeedCreation } from '../events/event-grants';
import type { ScimApi } from '../api/scim-api';
import type { MailIdentity } from '../mail/mail-identity';
import { nagText } from '../common/nag-id';
import { stageOf } from '../stage/stage';
import { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';
import { invokeOnSchedule } from '../common/schedules';

/** The queues of license changes and emails that failed after all retries. */
export interface FailureQueues {
  readonly changes: FailureQueue;
  readonly mails: FailureQueue;
}
import { grantAdministration, grantAdministrators, grantVerification } from './administration-grants';

export interface AdminFunctionProps {
  readonly table: ScimTable;
  readonly keyPepper: ScimSecret;
  readonly scimApi: ScimApi;
  readonly deployment: Deployment;
  readonly config: ReadinessConfig & Pick<Config, 'setupLinkDays' | 'jwksOrigins'>;
  readonly failures: FailureQueues;
  /** Sends the invitations of administrators, and the one-time codes of setup links. */
  readonly mailIdentity: MailIdentity;
  /**
   * The origin of the portal, to which both lead. @default - there is no portal, and there are no setup links
   */
  readonly portalUrl?: string;
}

const SWEEP_INTERVAL = Duration.minutes(15);
const TASK_INTERVAL = Duration.minutes(1);

/** The function of the admin API. It works on the table, and on the usage keys of domains in API Gateway. */
export class AdminFunction extends Construct {
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string, props: AdminFunctionProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'admin',
      description: 'Admin API',
      timeout: Duration.seconds(29),
      files: [props.mailIdentity.templatesFile],
    });
    grantAdministration(props.table, this.handler);
    grantAdministrators(props.table, this.handler);
    grantVerification(props.table, this.handler);
    grantConsumers(props.table, this.handler);
    grantFeedCreation(props.table, this.handler);
    grantMappingAdministration(props.table, this.handler);
    grantSenderStatus(this.handler, props.config);
    props.keyPepper.grantRead(this.handler);
    this.handler.addEnvironment({
      [ENV.deployment]: Stack.of(this).toJsonString(props.deployment),
      [ENV.auditRetentionDays]: String(props.deployment.auditRetentionDays),
      [ENV.setupLinkDays]: String(props.config.setupLinkDays),
      ...(props.portalUrl && { [ENV.portalUrl]: props.portalUrl }),
      [ENV.jwksOrigins]: JSON.stringify(props.config.jwksOrigins),
    });
    props.mailIdentity.grantSend(this.handler);
    this.grantUsageKeys(props.scimApi);
    invokeOnSchedule(this, this.handler, [
      {
        id: 'UsageKeys',
        description: 'Deletes API keys that interrupted changes of domains left behind',
        interval: SWEEP_INTERVAL,
      },
      { id: 'Tasks', description: 'Invites the administrators whom mappings make', interval: TASK_INTERVAL },
    ]);
    this.grantRedrive(props.failures);
  }

  /** Allows a redrive, which takes failures from their queues and puts them back into the table. */
  private grantRedrive({ changes, mails }: FailureQueues): void {
    const licenses: LicensesDeployment = {
      failureQueueUrl: changes.queueUrl,
      mailFailuresQueueUrl: mails.queueUrl,
    };
    this.handler.grant(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        resources: [changes.queueArn, mails.queueArn],
      }),
      { [ENV.licenses]: Stack.of(this).toJsonString(licenses) },
    );
    allowKeyUse(this.handler, 'receive');
  }

  /** Allows the function to manage usage keys, and to flush the cache of the SCIM API's authorizer. */
  private grantUsageKeys({ api, ratePlans }: ScimApi): void {
    const arn = (path: string) => `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::${path}`;
    const allow = (actions: string[], paths: string[], conditions?: Conditions) =>
      this.handler.grant(new PolicyStatement({ actions, resources: paths.map(arn), conditions }));
    const plans = Object.values(ratePlans.usagePlans).map(({ usagePlanId }) => usagePlanId);
    const stage = stageOf(this);
    const tags = Object.entries(stageTags(stage));
    const tagged = (kind: string) =>
      Object.fromEntries(tags.map(([name, value]) => [`aws:${kind}/${name}`, value]));
    allow(['apigateway:GET'], ['/apikeys', '/apikeys/*']);
    // API Gateway requires both to create a key with tags. The second path contains the encoded ARN of the
    // key.
    const tagPath = `/tags/arn%3A${Aws.PARTITION}%3Aapigateway%3A${Aws.REGION}%3A%3A%2Fapikeys%2F*`;
    allow(['apigateway:POST'], ['/apikeys'], { StringEquals: tagged('RequestTag') });
    allow(['apigateway:PUT'], [tagPath], { StringEquals: tagged('RequestTag') });
    // Earlier versions, which had no stages, created keys without tags.
    const operator = mayBeOlder(stage) ? 'StringEqualsIfExists' : 'StringEquals';
    allow(['apigateway:DELETE'], ['/apikeys/*'], { [operator]: tagged('ResourceTag') });
    allow(
      ['apigateway:POST'],
      plans.map((plan) => `/usageplans/${plan}/keys`),
    );
    allow(['apigateway:GET'], ['/usageplans/*/keys/*']);
    const { stageName } = api.deploymentStage;
    allow(['apigateway:DELETE'], [`/restapis/${api.restApiId}/stages/${stageName}/cache/authorizers`]);
    for (const path of ['/apikeys/*', tagPath, '/usageplans/*/keys/*']) {
      Validations.of(this.handler.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${nagText(this, arn(path))}]`,
        reason: 'Keys are created at run time, one for each domain.',
      });
    }
  }
}
