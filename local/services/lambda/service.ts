import type { CloudContext } from '../../cloud/context';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Operations } from '../../cloud/endpoint/operation';
import type { PlannedCalls } from '../../cloud/endpoint/planned-calls';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { DynamoDbService } from '../dynamodb/service';
import type { KmsService } from '../kms/service';
import type { LogsService } from '../logs/service';
import type { SqsService } from '../sqs/service';
import { AsyncInvocations } from './async-invocations';
import { Concurrency } from './concurrency';
import { ExecutionRoles } from './execution-roles';
import { type FunctionHosting, lambdaFromTemplate } from './from-template';
import { Functions } from './functions';
import { InvocationMetrics } from './invocation-metrics';
import { functionOperations } from './operations';
import { type InvocationTarget, LATEST } from './invocation-target';
import type { FormerVersion } from './versions/two-versions';
import { qualifiedFromTemplate, VERSION_TYPES } from './versions/versions';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Lambda::Function': (naming) => {
    const name = nameOf('FunctionName', naming);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  'AWS::Lambda::EventInvokeConfig': byId,
  ...VERSION_TYPES,
};

/**
 * Returns the version of a function that another assembly has, with the code and the variables from there.
 */
function formerVersion(
  { stack, logicalId, ref, attributes }: Resource,
  hosting: FunctionHosting,
  former: CloudContext['former'],
): FormerVersion | undefined {
  const found = ofType(former?.resources ?? [], 'AWS::Lambda::Function').find(
    (each) => each.stack.name === stack.name && each.logicalId === logicalId,
  );
  if (!found || !former) return undefined;
  return {
    lambda: lambdaFromTemplate({ ...found, ref, attributes }, hosting, 'former'),
    share: former.share,
  };
}

/** Lambda. Services of the cloud invoke the functions; functions cannot invoke each other. */
export class LambdaService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  readonly functions = new Functions();
  /** Set by `start`. */
  roles!: ExecutionRoles;
  private invocations!: AsyncInvocations;
  private calls!: PlannedCalls;
  private concurrency!: Concurrency;
  /** Set by `start`. */
  metrics!: InvocationMetrics;

  constructor(
    private readonly sqs: SqsService,
    private readonly dynamoDb: DynamoDbService,
    private readonly kms: KmsService,
    private readonly logs: LogsService,
  ) {}

  start(context: CloudContext, resources: readonly Resource[]): void {
    const { callers, faults, iam, log, settings, state, teardown } = context;
    this.calls = context.calls;
    faults.kill = (name, instance) => this.functions.kill(name, instance);
    const roles = new ExecutionRoles(iam, this.kms.keys);
    this.roles = roles;
    const concurrency = new Concurrency(settings.lambdaConcurrency);
    this.concurrency = concurrency;
    this.metrics = new InvocationMetrics(context.metrics);
    const endpoints = context.environment('function');
    // CDK's custom resources would set up in AWS what the services of this cloud do by themselves.
    const qualified = qualifiedFromTemplate(resources);
    const customResources = new Set(resources.map(({ properties }) => properties.ServiceToken));
    for (const resource of ofType(resources, 'AWS::Lambda::Function')) {
      if (customResources.has(resource.attributes.Arn)) continue;
      const role = roles.assume(resource.ref, String(resource.properties.Role));
      const hosting: FunctionHosting = {
        endpoints,
        credentials: callers.register(resource.ref, role),
        mayLog: (logGroup) => roles.mayLog(resource.ref, logGroup),
        concurrency,
        metrics: this.metrics,
        logs: this.logs,
        takeFault: (site) => faults.take(site, ['kill-before', 'kill-after']),
        logDirectory: state.logs,
        timeoutFactor: settings.timeoutFactor,
        measuresUsage: settings.measuresUsage,
        verbose: settings.verbose,
      };
      const own = qualified.filter(({ functionName }) => functionName === resource.ref);
      for (const version of new Set([LATEST, ...own.map((each) => each.version)])) {
        const lambda = lambdaFromTemplate(resource, hosting, version);
        teardown.add(lambda.name, () => lambda.stop());
        const former = formerVersion(resource, hosting, context.former);
        if (former) teardown.add(lambda.name, () => former.lambda.stop());
        this.functions.add(lambda, former);
      }
      for (const { qualifier, version } of own)
        if (qualifier !== version) this.functions.addAlias(resource.ref, qualifier, version);
    }
    this.invocations = new AsyncInvocations({
      configs: ofType(resources, 'AWS::Lambda::EventInvokeConfig'),
      roles,
      send: (queueArn, body) => this.sqs.queues.send(queueArn, body),
      log,
      faults,
    });
    teardown.add('asynchronous invocations', () => this.invocations.stop());
  }

  /** Reports the concurrency now. */
  report(_: MetricStore): void {
    this.metrics.reportConcurrency();
  }

  localOperations(): Operations {
    return functionOperations(this.functions, this.calls, this.concurrency, this.dynamoDb.meter);
  }

  /**
   * Invokes a function asynchronously: Lambda retries the event, and sends it to the failure destination at
   * last.
   */
  invokeLater(lambda: InvocationTarget, event: object): void {
    this.invocations.invoke(lambda, event);
  }

  /** Invokes a function asynchronously, and returns when the event is processed or given up. */
  invokeAndWait(lambda: InvocationTarget, event: object): Promise<void> {
    return this.invocations.invokeAndWait(lambda, event);
  }
}
