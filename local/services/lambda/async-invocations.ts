import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Faults } from '../../cloud/faults/faults';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import type { ExecutionRoles } from './execution-roles';
import { FunctionError, InvocationThrottled } from './function-error';
import type { InvocationTarget } from './invocation-target';
import { invokeWhenFree } from './invoke-when-free';

/** Shorter than in AWS, where Lambda waits one minute before the first retry and two before the second. */
const FIRST_RETRY_MS = 200;

const MAXIMUM_AGE_SECONDS = 6 * 3_600;
/** The delay of an event with an injected fault, in milliseconds. */
const MAX_LATE_MS = 2_000;

const InvokeConfigProperties = z.object({
  FunctionName: z.string(),
  /** `$LATEST`, a version, or an alias. Only events for this one are concerned. */
  Qualifier: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().default(MAXIMUM_AGE_SECONDS),
  DestinationConfig: z
    .object({
      OnFailure: z.object({ Destination: z.string() }).optional(),
      OnSuccess: z.undefined('destinations of successes are not supported').optional(),
    })
    .optional(),
});

interface InvokeConfig {
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  /** ARN of the queue for events whose retries are exhausted. */
  readonly failureQueueArn?: string;
}

export interface AsyncParts {
  /** Resources of the type `AWS::Lambda::EventInvokeConfig`. */
  readonly configs: readonly Resource[];
  /** Lambda sends failed events with the role of the function. */
  readonly roles: Pick<ExecutionRoles, 'assertMaySend' | 'maySend'>;
  readonly send: (queueArn: string, body: object) => void;
  readonly log: (line: string) => void;
  readonly firstRetryMs?: number;
  /** @default each event arrives once, at once */
  readonly faults?: Faults;
}

/**
 * Invokes functions asynchronously. Retries failed events, and sends them to the failure destination at last.
 */
export class AsyncInvocations {
  /** Function, colon, and qualifier → settings. */
  private readonly configs: ReadonlyMap<string, InvokeConfig>;
  private isStopping = false;

  constructor(private readonly parts: AsyncParts) {
    this.configs = new Map(parts.configs.map(configFromTemplate));
    for (const [target, { failureQueueArn }] of this.configs)
      if (failureQueueArn) parts.roles.assertMaySend(target.split(':')[0] ?? '', failureQueueArn);
  }

  /** Lambda delivers an event at least once, so an injected fault can repeat it. */
  invoke(lambda: InvocationTarget, event: object): void {
    const text = () => JSON.stringify(event);
    const site = { function: lambda.name, operation: 'lambda:InvokeAsync', text };
    const fault = this.parts.faults?.take(site, ['duplicate', 'late']);
    const lateMs = fault ? fault.roll * MAX_LATE_MS : 0;
    if (fault?.kind !== 'late') void this.run(lambda, event);
    if (fault) setTimeout(() => void this.run(lambda, event), lateMs).unref();
  }

  /** Invokes a function, and returns when it has processed the event or the retries have ended. */
  async invokeAndWait(lambda: InvocationTarget, event: object): Promise<void> {
    await this.run(lambda, event);
  }

  /** Ends all retries, because the functions stop. Their events are lost. */
  stop(): void {
    this.isStopping = true;
  }

  private async run(lambda: InvocationTarget, event: object): Promise<void> {
    const { firstRetryMs = FIRST_RETRY_MS, log, roles, send } = this.parts;
    const config = this.configs.get(`${lambda.name}:${lambda.qualifier}`) ?? {
      retries: 2,
      maximumAgeSeconds: MAXIMUM_AGE_SECONDS,
    };
    const { retries, maximumAgeSeconds, failureQueueArn } = config;
    const maximumAgeMs = maximumAgeSeconds * 1_000;
    const isStopping = () => this.isStopping;
    const requestId = randomUUID();
    let failure: unknown;
    for (let attempt = 0; attempt <= retries && !this.isStopping; attempt++) {
      if (attempt > 0) await sleep(firstRetryMs * 2 ** (attempt - 1), undefined, { ref: false });
      try {
        return await invokeWhenFree(lambda, { event, requestId, maximumAgeMs, isStopping });
      } catch (error) {
        failure = error;
        if (error instanceof InvocationThrottled) break;
      }
    }
    if (this.isStopping) return;
    const reason =
      failure instanceof InvocationThrottled ? 'was throttled for the whole age' : 'exhausted the retries';
    log(`${lambda.name} ${reason} of an event: ${String(failure)}`);
    if (failureQueueArn && roles.maySend(lambda.name, failureQueueArn))
      send(failureQueueArn, failureRecord(lambda, event, requestId, retries + 1, failure));
  }
}

function configFromTemplate(resource: Resource): [string, InvokeConfig] {
  const properties = readProperties(InvokeConfigProperties, resource);
  return [
    `${properties.FunctionName}:${properties.Qualifier}`,
    {
      retries: properties.MaximumRetryAttempts,
      maximumAgeSeconds: properties.MaximumEventAgeInSeconds,
      failureQueueArn: properties.DestinationConfig?.OnFailure?.Destination,
    },
  ];
}

/**
 * Returns the message that Lambda sends to the failure destination of asynchronous invocations. It contains
 * the event.
 */
function failureRecord(
  lambda: InvocationTarget,
  event: object,
  requestId: string,
  invocations: number,
  error: unknown,
): object {
  const isThrottled = error instanceof InvocationThrottled;
  const { errorType, errorMessage } =
    error instanceof FunctionError ? error : new FunctionError('Error', String(error));
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: lambda.arn.endsWith(`:${lambda.qualifier}`)
        ? lambda.arn
        : `${lambda.arn}:${lambda.qualifier}`,
      condition: isThrottled ? 'EventAgeExceeded' : 'RetriesExhausted',
      approximateInvokeCount: invocations,
    },
    requestPayload: event,
    // A throttled event never reached the function, so there is no response.
    ...(!isThrottled && {
      responseContext: { statusCode: 200, executedVersion: lambda.version, functionError: 'Unhandled' },
      responsePayload: { errorType, errorMessage },
    }),
  };
}
