import { Aws, Stack, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import { isGradual, type Rollout } from '../../settings/rollout';
import { nagText } from '../common/nag-id';
import { operationsOf } from '../stage/operations';

const ID = 'Rollout';

/** The CodeDeploy application of a stack, which moves the aliases of its functions to new versions. */
export class StackRollout extends Construct {
  /** Returns the rollout of the stack that contains `scope`, and creates it first if it does not exist. */
  public static of(scope: IConstruct): StackRollout {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as StackRollout | undefined) ?? new StackRollout(stack);
  }

  private readonly application: LambdaApplication;
  private readonly role: Role;
  private readonly config: ILambdaDeploymentConfig;
  private readonly groups: LambdaDeploymentGroup[] = [];
  private readonly alarms: Alarm[] = [];
  private readonly rollout: Rollout;

  private constructor(stack: Stack) {
    super(stack, ID);
    this.rollout = operationsOf(stack).rollout;
    this.application = new LambdaApplication(this, 'Application');
    this.config = LambdaDeploymentConfig.fromLambdaDeploymentConfigName(
      this,
      'Config',
      `CodeDeployDefault.Lambda${this.rollout}`,
    );
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com').withConditions({
        StringEquals: { 'aws:SourceAccount': stack.account },
      }),
    });
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::${nagText(this, `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`)}]`,
      reason: 'AWS maintains this policy for the role, which only CodeDeploy can assume.',
    });
  }

  /**
   * Moves `alias` to new versions as the settings say. If `failing` or an alarm of `rollBackOn` goes off,
   * CodeDeploy moves the alias back, and the deployment fails.
   */
  public add(scope: Construct, alias: Alias, failing?: Alarm): void {
    const group = new LambdaDeploymentGroup(scope, 'DeploymentGroup', {
      application: this.application,
      alias,
      deploymentConfig: this.config,
      role: this.role,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: this.watches },
      ...(this.watches && { alarms: [...(failing ? [failing] : []), ...this.alarms] }),
      // An alarm whose state is unknown does not prove that the new version works.
      ignorePollAlarmsFailure: false,
    });
    this.groups.push(group);
  }

  /** Rolls back the functions of the stack if this alarm goes off while a new version takes over. */
  public rollBackOn(alarm: Alarm): void {
    this.alarms.push(alarm);
    if (this.watches) for (const group of this.groups) group.addAlarm(alarm);
  }

  /** Nothing can be rolled back in time if the new version takes over at once. */
  private get watches(): boolean {
    return isGradual(this.rollout);
  }
}

/**
 * Rolls back the functions of the alarm's stack if it goes off while a new version takes over. Use it for
 * alarms that recover by themselves: a deployment does not start while one is on. The alarm must not refer to
 * the alias of a function, nor to the deployed stage of an API.
 */
export function rollBackOn(alarm: Alarm): void {
  if (isGradual(operationsOf(alarm).rollout)) StackRollout.of(alarm).rollBackOn(alarm);
}
