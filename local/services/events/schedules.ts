import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { UserError } from '../../host/user-error';
import type { LambdaFunction } from '../lambda/function';
import { ACCOUNT, REGION } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';

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
  readonly targets: readonly LambdaFunction[];
}

/** The rules of the template that run functions at a rate, as timers. An invocation that fails is not repeated. */
export class Schedules {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly schedules: readonly Schedule[];

  /** Throws a `UserError` for a rule that cannot be run. */
  constructor(
    resources: readonly Resource[],
    functionOf: (arn: string) => LambdaFunction,
    private readonly log: (line: string) => void,
  ) {
    this.schedules = resources.flatMap(({ ref, logicalId, attributes, properties }) => {
      const parsed = RuleProperties.safeParse(properties);
      if (!parsed.success)
        throw new UserError(
          `The local host cannot run the rule ${logicalId}:\n${z.prettifyError(parsed.error)}`,
        );
      const { State, ScheduleExpression, Targets } = parsed.data;
      if (State === 'DISABLED') return [];
      const targets = Targets.map(({ Arn }) => functionOf(Arn));
      return { name: ref, arn: attributes.Arn ?? '', everyMs: ScheduleExpression, targets };
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

  /** Runs the rules whose name contains `part` now, and returns how many those are when their functions have ended. */
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
      targets.map((target) =>
        target.invoke(event).catch((error: unknown) => this.log(`${arn}: ${target.name}: ${String(error)}`)),
      ),
    );
  }
}
