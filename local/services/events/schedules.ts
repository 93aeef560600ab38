import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Faults } from '../../cloud/faults/faults';
import { ACCOUNT, REGION } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import type { InvocationTarget } from '../lambda/invocation-target';

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const RuleProperties = z.object({
  ScheduleExpression: z.string('only rules with a schedule are supported').transform((text, context) => {
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
    if (count !== undefined && unit !== undefined) return Number(count) * UNITS[unit as keyof typeof UNITS];
    context.addIssue({ code: 'custom', message: `"${text}" is not supported, only rate(…)` });
    return z.NEVER;
  }),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  EventPattern: z.undefined('event patterns are not supported').optional(),
  Targets: z.array(
    z.object({
      Arn: z.string(),
      Input: z.undefined('inputs of targets are not supported').optional(),
      InputTransformer: z.undefined('inputs of targets are not supported').optional(),
    }),
  ),
});

interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly everyMs: number;
  readonly targets: readonly InvocationTarget[];
}

/**
 * The rules of the template that invoke functions at a rate. Lambda retries a failed or throttled invocation.
 */
export class Schedules {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly schedules: readonly Schedule[];
  /** `resources` are of the type `AWS::Events::Rule`. Throws a `UserError` if a rule is not supported. */
  constructor(
    resources: readonly Resource[],
    functionOf: (arn: string) => InvocationTarget,
    /** Invokes a function asynchronously, and returns when the event is processed or given up. */
    private readonly invokeAndWait: (target: InvocationTarget, event: object) => Promise<void>,
    private readonly log: (line: string) => void,
    /** Returns whether a rule may invoke a function. */
    private readonly mayInvoke: (functionArn: string, ruleArn: string) => boolean,
    /** @default each event arrives once */
    private readonly faults?: Faults,
  ) {
    this.schedules = resources.flatMap((resource) => {
      const { State, ScheduleExpression, Targets } = readProperties(RuleProperties, resource);
      if (State === 'DISABLED') return [];
      const targets = Targets.map(({ Arn }) => functionOf(Arn));
      return {
        name: resource.ref,
        arn: resource.attributes.Arn ?? '',
        everyMs: ScheduleExpression,
        targets,
      };
    });
  }

  start(): void {
    for (const schedule of this.schedules) {
      this.timers.push(setInterval(() => void this.invoke(schedule), schedule.everyMs).unref());
    }
  }

  stop(): void {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
  }

  /** Runs the rules whose name contains `part` now. Returns their number when their functions have ended. */
  async fire(part: string): Promise<number> {
    const wanted = this.schedules.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
    await Promise.all(wanted.map((schedule) => this.invoke(schedule)));
    return wanted.length;
  }

  private async invoke({ arn, targets }: Schedule): Promise<void> {
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: ACCOUNT,
      time: new Date().toISOString().replace(/\.\d+/, ''),
      region: REGION,
      resources: [arn],
      detail: {},
    };
    await Promise.all(
      targets.map(async (target) => {
        try {
          if (!this.mayInvoke(target.arn, arn)) throw new Error('EventBridge may not invoke the function.');
          const invoke = () => this.invokeAndWait(target, event);
          const site = {
            function: target.name,
            operation: 'events:Invoke',
            text: () => JSON.stringify(event),
          };
          // EventBridge delivers an event at least once.
          const fault = this.faults?.take(site, ['duplicate']);
          await Promise.all([invoke(), fault && invoke()]);
        } catch (error) {
          this.log(`${arn}: ${target.name}: ${String(error)}`);
        }
      }),
    );
  }
}
