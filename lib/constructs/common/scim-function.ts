import path from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type CfnEventSourceMapping,
  EventSourceMapping,
  type IEventSource,
  type IFunction,
  type IVersion,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE, type EnvironmentVariable } from '../../../shared/env';
import { hasVersions } from '../../settings/rollout';
import { StackRollout } from '../rollout/stack-rollout';
import { operationsOf } from '../stage/operations';
import { ServiceLog } from './service-log';
import { productEnvironment } from '../stage/product';
import { pathInStage } from '../stage/stage';

/** The runtime of every function. Bundles target Node 20, so that tests run the deployed code. */
const RUNTIME = Runtime.NODEJS_24_X;
const BUNDLE_TARGET = 'node20';

const ROOT = path.join(__dirname, '../../..');

/** Defines `require`, which ES modules do not have but some CommonJS dependencies call. */
const REQUIRE_BANNER =
  "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);";

/**
 * The modules that replace packages in the bundles. Each says why. docs/performance.md shows what they save.
 */
const REPLACED_PACKAGES = Object.fromEntries(
  [
    ['@aws-sdk/credential-provider-node', 'environment-credentials'],
    ['@aws-sdk/middleware-endpoint-discovery', 'no-endpoint-discovery'],
    ['@smithy/core/event-streams', 'no-event-streams'],
    ['@aws/lambda-invoke-store', 'no-invoke-store'],
  ].map(([name, module]) => [`--alias:${name}`, path.join(ROOT, `shared/aws/${module}.ts`)]),
);

/** The name of the alias of the version that runs. */
const ALIAS = 'live';

export interface ScimFunctionProps {
  /** The file in `lambdas/` that exports `handler`, without `.ts`. */
  readonly entry: string;
  /** The description that the AWS console shows. */
  readonly description: string;
  /** @default 29 seconds, the timeout of API Gateway */
  readonly timeout?: Duration;
  /** The memory in MB. The CPU share grows with it. @default 1024 */
  readonly memorySize?: number;
  /** The paths of files to copy next to the bundle. @default none */
  readonly files?: readonly string[];
  /** True for an authorizer that refuses a request by an error, as a 401 requires. @default false */
  readonly refusesByError?: boolean;
}

/** A Lambda function of this service. Its role allows only what is granted, and its own log. */
export class ScimFunction extends Construct {
  public readonly function: NodejsFunction;
  public readonly logGroup: LogGroup;
  public readonly role: Role;
  /**
   * The function or, if the settings have a rollout, the alias of its current version. Integrations,
   * schedules, and subscriptions invoke this one. Reservations of concurrency belong to the function, because
   * versions share them.
   */
  public readonly target: IFunction;
  /** True if errors of the function are refused requests, and not failures. */
  public readonly refusesByError: boolean;
  private readonly service: string;

  public constructor(scope: Construct, id: string, props: ScimFunctionProps) {
    super(scope, id);
    this.service = props.entry;
    this.refusesByError = props.refusesByError ?? false;
    const { logLevel, tracing, rollout } = operationsOf(this);
    this.logGroup = new ServiceLog(this, 'Logs');
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: path.join(ROOT, 'lambdas', `${props.entry}.ts`),
      projectRoot: ROOT,
      depsLockFilePath: path.join(ROOT, 'package-lock.json'),
      runtime: RUNTIME,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 1024,
      timeout: props.timeout ?? Duration.seconds(29),
      role: this.role,
      logGroup: this.logGroup,
      awsSdkConnectionReuse: false,
      ...(tracing && { tracing: Tracing.ACTIVE }),
      environment: {
        POWERTOOLS_SERVICE_NAME: this.service,
        ...(logLevel !== 'INFO' && { POWERTOOLS_LOG_LEVEL: logLevel }),
        POWERTOOLS_METRICS_NAMESPACE: pathInStage(this, METRICS_NAMESPACE),
        ...productEnvironment(this),
      },
      bundling: {
        format: OutputFormat.ESM,
        target: BUNDLE_TARGET,
        minify: true,
        // The source maps are for reading stack traces. Enabling them at run time costs 20 ms of cold start.
        sourceMap: true,
        sourceMapMode: SourceMapMode.EXTERNAL,
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        externalModules: [],
        banner: REQUIRE_BANNER,
        esbuildArgs: REPLACED_PACKAGES,
        logLevel: LogLevel.WARNING,
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_, bundle) => (props.files ?? []).map((file) => `cp "${file}" "${bundle}"`),
        },
      },
    });
    if (tracing) this.acknowledgeTracing();
    this.target = hasVersions(rollout) ? this.addAlias() : this.function;
  }

  private addAlias(): Alias {
    const { currentVersion } = this.function;
    const alias = new Alias(this, 'Live', { aliasName: ALIAS, version: currentVersion });
    StackRollout.of(this).add(
      this,
      alias,
      this.refusesByError ? undefined : this.newVersionFailing(currentVersion),
    );
    return alias;
  }

  private newVersionFailing({ version }: IVersion): Alarm {
    return new Alarm(this, 'NewVersionFailing', {
      alarmDescription: `The new version of the function ${this.service} fails. Its rollout is undone.`,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        // The old version has a metric of its own, so its errors do not keep a new version from replacing it.
        dimensionsMap: {
          FunctionName: this.function.functionName,
          Resource: `${this.function.functionName}:${ALIAS}`,
          ExecutedVersion: version,
        },
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /**
   * Invokes the target on the records of a stream or on the messages of a queue. The mapping has the same
   * place in the template with and without a rollout. So CloudFormation updates it, and it does not read the
   * stream again.
   */
  public addEventSource(source: IEventSource): void {
    this.function.addEventSource(source);
    if (this.target === this.function) return;
    for (const mapping of this.function.node.children.filter((each) => each instanceof EventSourceMapping))
      (mapping.node.defaultChild as CfnEventSourceMapping).functionName = this.target.functionArn;
  }

  private acknowledgeTracing(): void {
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The actions of X-Ray do not support resources.',
    });
  }

  /** Adds an IAM permission together with the environment variables that it needs. */
  public grant(
    statement: PolicyStatement,
    environment: Partial<Record<EnvironmentVariable, string>> = {},
  ): void {
    this.role.addToPolicy(statement);
    this.addEnvironment(environment);
  }

  /** Sets environment variables that need no permission. */
  public addEnvironment(environment: Partial<Record<EnvironmentVariable, string>>): void {
    for (const [name, value] of Object.entries(environment)) this.function.addEnvironment(name, value);
  }

  /** Returns a metric that the function emits, summed over five minutes. */
  public metric(metricName: string): Metric {
    return new Metric({
      namespace: pathInStage(this, METRICS_NAMESPACE),
      metricName,
      dimensionsMap: { service: this.service },
      period: Duration.minutes(5),
      statistic: 'Sum',
    });
  }
}
