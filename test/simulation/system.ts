import type { DynamoDBRecord } from 'aws-lambda';
import { writeTemplatesFile } from '../support/mail/built-in-templates';
import { ENV } from '../../shared/env';
import { DOMAIN_ID } from './directory';
import type { Product } from './product/product';
import { Functions } from './world/functions';
import { SimulatedQueue } from './world/queue';
import { StreamReader, type StreamReaderOptions } from './world/stream-reader';
import { nextMinute, type World } from './world/world';

/** The kind of an option: a call of the process that ran last, a call of another process, and so on. */
export type OptionKind = 'own' | 'other' | 'deliver' | 'repeat' | 'client' | 'clock';

/** A step that may happen next. */
export interface Option {
  readonly kind: OptionKind;
  readonly label: string;
  readonly run: () => void;
}

const SECOND = 1_000;

/** The functions, their limits (`lib/constructs`), and what invokes them. */
const TIMEOUTS = {
  'license-changes': 60 * SECOND,
  dispatch: 30 * SECOND,
  promoter: 30 * SECOND,
  'mail-outbox': 75 * SECOND,
  'mail-events': 30 * SECOND,
} as const;

type FunctionName = keyof typeof TIMEOUTS;

const QUEUES = [
  { name: 'promotions', variable: ENV.promotionQueueUrl, isFifo: true, reader: 'promoter', seconds: 40 },
  { name: 'outbox', variable: ENV.outboxQueueUrl, isFifo: false, reader: 'mail-outbox', seconds: 75 },
  { name: 'sweeps', variable: ENV.sweepQueueUrl, isFifo: true },
  { name: 'mappings', variable: ENV.mappingQueueUrl, isFifo: true },
  { name: 'events', variable: ENV.eventQueueUrl, isFifo: true },
  { name: 'mail-failures', variable: ENV.mailFailuresQueueUrl, isFifo: false, isReceived: true },
] as const;

/** The queue of abandoned records of the stream, whose name only a redrive knows. */
const CHANGE_FAILURES = 'change-failures';
export const FAILURE_QUEUES = { failureQueueUrl: CHANGE_FAILURES, mailFailuresQueueUrl: 'mail-failures' };

const MAIL_SETTINGS = {
  sender: 'licenses@example.com',
  productName: 'Example Product',
  color: '#0b5cab',
  supportAddress: 'support@example.com',
  language: 'en',
  configurationSet: 'license-mail',
};

/** Sets the environment variables of the functions. */
export function useSimulatedEnvironment(): void {
  Object.assign(process.env, {
    [ENV.tableName]: 'table',
    [ENV.auditRetentionDays]: '30',
    [ENV.keyGraceDays]: '30',
    [ENV.requireMailAddress]: 'false',
    [ENV.licenseSecretArn]: 'license-secret',
    [ENV.mailSettings]: JSON.stringify(MAIL_SETTINGS),
    [ENV.mailTemplates]: writeTemplatesFile(),
    ...Object.fromEntries(QUEUES.map(({ name, variable }) => [variable, name])),
  });
}

export interface SystemOptions {
  /** The number of batches that each reader of the stream delivers a second time. */
  readonly repeats: number;
  /** The number of license changes that the stream abandons. */
  readonly abandoned: number;
}

/**
 * The asynchronous part of the service: readers of the stream, queues, the topic of SES, and the schedule.
 */
export class System {
  readonly functions: Functions;
  /** The messages about changes that the stream has abandoned. */
  readonly changeFailures: SimulatedQueue;
  private readonly readers: readonly StreamReader[];
  private scheduledAt: number;
  private isScheduleRunning = false;

  constructor(
    private readonly world: World,
    product: Product,
    { repeats, abandoned }: SystemOptions,
  ) {
    const { scheduler, choices } = world;
    this.functions = new Functions(product, scheduler);
    this.scheduledAt = nextMinute(scheduler.now);
    const common = { maxConcurrency: 2, now: () => scheduler.now };
    for (const { name, isFifo, ...queue } of QUEUES)
      world.addQueue(
        new SimulatedQueue({
          ...{ name, isFifo, ...common },
          visibilityMs: ('seconds' in queue ? queue.seconds : 0) * SECOND,
          ...('reader' in queue && { invoke: (event, onEnd) => this.invoke(queue.reader, event, onEnd) }),
          ...('isReceived' in queue && { isReceived: true }),
        }),
      );
    this.changeFailures = new SimulatedQueue({
      ...{ name: CHANGE_FAILURES, isFifo: false, visibilityMs: 0, isReceived: true, ...common },
    });
    world.addQueue(this.changeFailures);
    const reader = (
      name: FunctionName,
      accepts: (record: DynamoDBRecord) => boolean,
      more: Pick<StreamReaderOptions, 'abandoned'> = {},
    ): StreamReader =>
      new StreamReader({
        ...{ name, accepts, choices, repeats, ...more },
        invoke: (event, onEnd) => this.invoke(name, event, onEnd),
      });
    const onAbandoned = (message: object): void =>
      this.changeFailures.send({ MessageBody: JSON.stringify(message) });
    this.readers = [
      reader('license-changes', isWrittenLicense, {
        abandoned: { max: abandoned, isAllowed: isChange, onAbandoned },
      }),
      reader('dispatch', isDispatched),
    ];
    world.onRecord = (record) => this.readers.forEach((each) => each.add(record));
  }

  /** Returns what may happen now, besides the steps of processes. */
  options(): Option[] {
    const { queues, ses } = this.world;
    const deliveries = [
      ...this.readers.flatMap((reader) => reader.deliveries()),
      ...[...queues.values()].flatMap((queue) => queue.deliveries()),
      ...ses.events.map((message) => ({ label: 'delivery event', run: () => this.deliverEvent(message) })),
      ...(this.isScheduleDue ? [{ label: 'schedule', run: () => this.runSchedule() }] : []),
    ];
    // A repetition is nothing that is left to do.
    const repetitions = this.world.isFaulty ? this.readers.flatMap((reader) => reader.repetitions()) : [];
    return [
      ...deliveries.map((option) => ({ kind: 'deliver' as const, ...option })),
      ...repetitions.map((option) => ({ kind: 'repeat' as const, ...option })),
    ];
  }

  /** The time at which something happens without a step; infinite if nothing is left to do. */
  get nextTime(): number {
    const visible = [...this.world.queues.values()].map(({ nextVisible }) => nextVisible);
    return Math.min(...visible, this.world.scheduler.nextTimer, this.hasMails ? this.scheduledAt : Infinity);
  }

  /** Whether emails wait in the outbox. */
  get hasMails(): boolean {
    return this.world.table.items.has(`${DOMAIN_ID}#OUTBOX`);
  }

  private get isScheduleDue(): boolean {
    return !this.isScheduleRunning && this.hasMails && this.world.scheduler.now >= this.scheduledAt;
  }

  private runSchedule(): void {
    this.scheduledAt = nextMinute(this.world.scheduler.now);
    this.isScheduleRunning = true;
    this.invoke('mail-outbox', {}, () => {
      this.isScheduleRunning = false;
    });
  }

  private deliverEvent(message: string): void {
    const { ses } = this.world;
    ses.events = ses.events.filter((other) => other !== message);
    const event = { Records: [{ EventSource: 'aws:sns', Sns: { Message: message, MessageId: 'message' } }] };
    this.invoke('mail-events', event, ({ kind }) => {
      if (kind !== 'returned') ses.events.push(message);
    });
  }

  private invoke(name: FunctionName, event: object, onEnd: Parameters<Functions['invoke']>[3]): void {
    this.functions.invoke(name, event, TIMEOUTS[name], onEnd);
  }
}

const partitionOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.pk?.S ?? '';

const isWrittenLicense = (record: DynamoDBRecord): boolean =>
  record.eventName !== 'REMOVE' && partitionOf(record).endsWith('#LICENSE');

/** A change of a license, or a resend request. A redrive does not find changes of the holder alone. */
const isChange = ({ dynamodb }: DynamoDBRecord): boolean =>
  ['changeId', 'resendId'].some((name) => dynamodb?.OldImage?.[name]?.S !== dynamodb?.NewImage?.[name]?.S);

/** The part of the filter of the dispatcher that concerns licenses and seats. */
const isDispatched = (record: DynamoDBRecord): boolean =>
  partitionOf(record).endsWith('#LICENSE') || record.dynamodb?.Keys?.sk?.S === 'SEATS';
