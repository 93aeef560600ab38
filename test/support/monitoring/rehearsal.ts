import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CLIENT_VARIABLES } from '../../../local/cloud/environment';
import { newId } from '../../../shared/id';
import { parseInsights } from '../../../local/services/logs/insights/query';
import type { SavedQuery } from '../../../local/services/logs/saved-queries';
import { eventually } from '../jest/timeouts';
import { MonitoredSystem } from './monitored-system';
import { type MinutesOptions, type Segment, summaryOf, Timeline } from './timeline';

/** The delays of metrics in the simulated minutes: none, and that with which CloudWatch usually gets them. */
const DELAYS_MS = [0, 120_000];

export interface RehearsalOptions extends MinutesOptions {
  /** The minutes of the fault. @default 25 */
  readonly minutes?: number;
  /** The quiet minutes after it. @default 40 */
  readonly after?: number;
  /** The other events during the fault. @default runs of the outbox that have nothing to do */
  readonly others?: Segment;
}

export type Summary = ReturnType<typeof summaryOf>;

/** The result of a quiet time. */
export const NOTHING: Summary = { alarms: [], notifications: [], left: [] };

/** The result if the alarms went off, and only one of them notified. */
export const oneCause = (notification: string, ...alarms: string[]): Summary => ({
  alarms: [...new Set([...alarms, notification])].sort(),
  notifications: [`${notification} ALARM`, `${notification} OK`],
  left: [],
});

export const parallel = <T>(count: number, act: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));

/** A system whose faults set off the alarms of the template on a simulated clock. */
export class Rehearsal {
  readonly system = new MonitoredSystem();
  /** A minute with a few requests and emails. */
  quiet: Segment = [];
  /** A run of the outbox that has nothing to do. */
  idle: Segment = [];
  users = 0;

  async start(...flags: string[]): Promise<void> {
    const { system } = this;
    await system.start('--fresh', '--rate-plan', 'unmetered', ...flags);
    await this.createUser();
    await this.waitFor('MailSent');
    this.quiet = await system.record(async () => {
      await this.createUser();
      await this.waitFor('MailSent', 2);
      await system.scim('GET', '/Users?count=1');
      await system.admin('GET', '/domains');
      await this.runOutbox();
    }, ['OutboxAge', 'MailSent']);
    const runs = await system.record(() => this.runOutbox(), ['OutboxAge']);
    this.idle = runs.filter(({ name }) => name === 'OutboxAge');
  }

  createUser(domain = 'example.com', key?: string): Promise<number> {
    const userName = `user${++this.users}@${domain}`;
    return this.system.scim('POST', '/Users', { userName, emails: [{ value: userName }] }, key);
  }

  runOutbox(): Promise<unknown> {
    return this.system.control('POST', 'fire', { rule: 'MailOutbox' });
  }

  /** Waits until a metric has been reported `count` times since the start. */
  async waitFor(name: string, count = 1): Promise<void> {
    await eventually(`${count} values of ${name}`, async () => (await this.countOf(name)) >= count);
  }

  /**
   * Returns how often a metric has been reported with a value above `above`. Some dimension of it contains
   * `part`, such as the name of a function or a queue.
   */
  async countOf(name: string, above = -Infinity, part = ''): Promise<number> {
    return (await this.system.metrics(name))
      .filter(({ dimensions }) => JSON.stringify(dimensions).includes(part))
      .flatMap(({ samples }) => samples.flatMap(([, values]) => values))
      .reduce((sum, [value, times]) => sum + (value > above ? times : 0), 0);
  }

  /** Repeats `act` until a metric has been reported again with a value above `above`. */
  async untilReported(
    name: string,
    act: () => Promise<unknown>,
    above = -Infinity,
    part = '',
  ): Promise<void> {
    const before = await this.countOf(name, above, part);
    await eventually(`a value of ${name}`, async () => {
      await act();
      return (await this.countOf(name, above, part)) > before;
    });
  }

  /** Repeats `act` until a saved query finds lines. */
  async untilFound(query: string, act: () => Promise<unknown>): Promise<void> {
    await eventually(`rows of ${query}`, async () => {
      await act();
      return (await this.system.control<unknown[]>('GET', 'insights', { name: query })).length > 0;
    });
  }

  /** Creates a domain with a SCIM key. */
  async createDomain(settings: object = {}, key: object = {}): Promise<{ domainId: string; token: string }> {
    const { system } = this;
    const domain = await system.admin('POST', '/domains', { name: 'Rehearsal', ...settings });
    const { domainId } = (await domain.json()) as { domainId: string };
    const created = await system.admin('POST', `/domains/${domainId}/keys`, { name: 'test', ...key });
    const { token } = (await created.json()) as { token: string };
    return { domainId, token };
  }

  /** Sends a message to the queue whose logical ID contains a text. Returns its URL. */
  async send(queue: string, MessageBody: string): Promise<string> {
    const { region, endpoints } = this.system.session;
    const QueueUrl = this.system.queueUrl(queue);
    const client = new SQSClient({
      region,
      endpoint: endpoints.AWS_ENDPOINT_URL_SQS,
      credentials: {
        accessKeyId: CLIENT_VARIABLES.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: CLIENT_VARIABLES.AWS_SECRET_ACCESS_KEY ?? '',
      },
    });
    const fifo = QueueUrl.endsWith('.fifo')
      ? {
          MessageGroupId: MessageBody.slice(0, 100).replace(/\W/g, '') || 'a',
          MessageDeduplicationId: newId(),
        }
      : {};
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...fifo }));
    client.destroy();
    return QueueUrl;
  }

  /** Returns the metrics of a message in this queue, and of no other queue. */
  async message(queue: string): Promise<Segment> {
    let url = '';
    const segment = await this.system.record(async () => {
      url = await this.send(queue, '{}');
      await this.runOutbox();
    });
    return segment.filter(
      ({ namespace, dimensions }) => namespace !== 'AWS/SQS' || url.endsWith(`/${dimensions.QueueName}`),
    );
  }

  /** Runs `act` while a switch of the local cloud is on. */
  async while(
    operation: string,
    parameters: Record<string, string>,
    act: () => Promise<unknown>,
  ): Promise<void> {
    await this.system.control('POST', operation, parameters);
    try {
      await act();
    } finally {
      await this.system.control('DELETE', operation, parameters);
    }
  }

  /** Takes the alarms through quiet minutes, a fault, and quiet minutes. */
  rehearse(fault: Segment, options: RehearsalOptions = {}): Summary {
    const { minutes = 25, after = 40, others = this.idle, ...load } = options;
    return this.run(
      new Timeline()
        .add(20, this.quiet)
        .add(minutes, [...fault, ...others], load)
        .add(after, this.quiet),
    );
  }

  timeline(): Timeline {
    return new Timeline();
  }

  /**
   * The notifications must not depend on how late metrics arrive. Returns the alarms that went off in each
   * case.
   */
  run(timeline: Timeline): Summary {
    const results = DELAYS_MS.map((delayMs) => summaryOf(timeline.run(this.system.alarms, delayMs)));
    const [{ alarms, notifications, left } = NOTHING] = results;
    expect(results).toEqual(
      results.map(() => ({ alarms: expect.any(Array) as string[], notifications, left })),
    );
    return {
      alarms: alarms.filter((name) => results.every((result) => result.alarms.includes(name))),
      notifications,
      left,
    };
  }

  /**
   * Returns the fields that saved queries name and that no line of their log groups has, as
   * `<query>: <field>`. Call it after the faults whose lines the queries find.
   */
  async missingFields(isIncluded: (name: string) => boolean): Promise<string[]> {
    const queries = (await this.system.control<SavedQuery[]>('GET', 'queries')).filter(({ name }) =>
      isIncluded(name.replace(/^scim\//, '')),
    );
    const missing = await Promise.all(
      queries.map(async ({ name, query, logGroups }) => {
        const { fields } = parseInsights(query);
        const found = await this.system.control<string[]>('GET', 'log-fields', {
          logGroups: logGroups.join(),
        });
        return fields.filter((field) => !found.includes(field)).map((field) => `${name}: ${field}`);
      }),
    );
    return missing.flat();
  }
}
