import {
  ProvisionedThroughputExceededException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Choices } from '../choices';
import type { ServiceName } from '../product/surroundings';
import { seededRandom } from '../../support/random';
import { canceled, type ItemChange, keyOfInput, MemoryTable, writesOf } from '../table/memory-table';
import type { SimulatedQueue } from './queue';
import { type MessageInput } from './queue';
import { type Fate, type Process, Scheduler, type Step } from './scheduler';
import { type AcceptedMail, rateExceeded, SimulatedSes } from './simulated-ses';
import { Verdict } from './verdict';

/** The shares of calls and emails that go wrong in a run. */
export interface Weather {
  /** The percentage of calls that fail, whose response is lost, or at which the process is killed. */
  readonly faultPercent: number;
  readonly bouncePercent: number;
  readonly rejectPercent: number;
}

const START = Date.parse('2026-03-01T12:00:00.000Z');
/** The longest times of calls, in milliseconds. They are far below the limits of the product's clients. */
const LONGEST: Readonly<Record<ServiceName, number>> = { dynamodb: 250, sqs: 250, ses: 2_500, secrets: 250 };
const MINUTE_MS = 60_000;

/**
 * The services of AWS in one process: table, queues, SES, and the clock. `World` decides the fate of each
 * call.
 */
export class World {
  readonly scheduler: Scheduler;
  readonly table: MemoryTable;
  readonly ses: SimulatedSes;
  readonly queues = new Map<string, SimulatedQueue>();
  /** Whether calls may fail. */
  isFaulty = false;
  /** Called after each write, with the process that made it. */
  onCommit: (changes: readonly ItemChange[]) => void = () => undefined;
  onRecord: (record: DynamoDBRecord) => void = () => undefined;
  /** Called with each process of which a call failed, was lost, or that was killed. */
  onFault: (process: Process) => void = () => undefined;
  onAccepted: (mail: AcceptedMail) => void = () => undefined;
  readonly verdict = new Verdict();
  private readonly numbers: (below: number) => number;
  private records = 0;

  constructor(
    readonly choices: Choices,
    readonly weather: Weather,
    isTraced: boolean,
  ) {
    this.numbers = seededRandom(choices.seed ^ 0x5bd1e995);
    this.scheduler = new Scheduler(START, isTraced);
    this.table = new MemoryTable((changes) => this.commit(changes));
    this.ses = new SimulatedSes({
      ...weather,
      choices,
      now: () => this.scheduler.now,
      onAccepted: (mail) => this.verdict.guard(() => this.onAccepted(mail)),
    });
  }

  random = (): number => this.numbers(2 ** 30) / 2 ** 30;

  addQueue(queue: SimulatedQueue): void {
    this.queues.set(queue.options.name, queue);
  }

  /** Sends a call of the product, which waits until the scheduler carries it out. */
  send(service: ServiceName, command: string, input: unknown): Promise<unknown> {
    if (service === 'secrets') return Promise.resolve({ SecretString: 'secret of the simulation' });
    return this.scheduler.submit({
      label: () => `${command.replace(/Command$/, '')} ${describe(input)}`,
      deadline: this.scheduler.now + LONGEST[service],
      perform: () => this.perform(service, command, input),
      failure: (isLost) => this.failure(service, input, isLost),
      ...(command === 'TransactWriteItemsCommand' && {
        transaction: input as TransactWriteItemsCommandInput,
      }),
    });
  }

  /** Carries out a call, unless something goes wrong. */
  carryOut(step: Step): void {
    const fate = step.isLate ? 'done' : this.fate(step);
    if (fate !== 'done') this.onFault(step.process);
    this.scheduler.carryOut(step, fate);
  }

  private fate({ transaction }: Step): Fate {
    const { choices, weather } = this;
    if (!this.isFaulty || weather.faultPercent === 0 || !choices.chance(weather.faultPercent)) return 'done';
    return choices.of<Fate>([
      ...(['lost', 'failed', 'killedAfter', 'killedBefore'] as const),
      ...(transaction ? (['late'] as const) : []),
    ]);
  }

  /** An error that is not one of the SDK is one of the simulation. */
  private perform(service: ServiceName, command: string, input: unknown): unknown {
    try {
      return this.call(service, command, input);
    } catch (error) {
      if (!(error as { $metadata?: object }).$metadata) this.verdict.report(error);
      throw error;
    }
  }

  private call(service: ServiceName, command: string, input: unknown): unknown {
    if (service === 'dynamodb') return this.callTable(command, input);
    if (service === 'ses') return this.ses.send(command, input);
    return this.callQueue(command, input as { QueueUrl: string });
  }

  private callTable(command: string, input: unknown): unknown {
    if (command === 'TransactWriteItemsCommand') this.mayConflict(input as TransactWriteItemsCommandInput);
    return this.table.send(command, input);
  }

  /**
   * Two transactions on one item at the same time may cancel each other, but not two attempts with one token.
   */
  private mayConflict(input: TransactWriteItemsCommandInput): void {
    if (!this.isFaulty || this.table.hasDone(input.ClientRequestToken)) return;
    const others = this.scheduler.pending.flatMap(({ transaction }) =>
      transaction && transaction.ClientRequestToken !== input.ClientRequestToken
        ? writesOf(transaction).map((write) => textOf(write.input))
        : [],
    );
    if (others.length === 0) return;
    const used = new Set(others);
    const reasons = writesOf(input).map((write) => ({
      Code: used.has(textOf(write.input)) ? 'TransactionConflict' : 'None',
    }));
    if (reasons.some(({ Code }) => Code !== 'None') && this.choices.chance(40)) throw canceled(reasons);
  }

  private callQueue(command: string, input: { QueueUrl: string } & MessageInput): object {
    const queue = this.queues.get(input.QueueUrl);
    if (!queue) throw new Error(`There is no queue ${input.QueueUrl}.`);
    const {
      Entries = [],
      ReceiptHandle = '',
      VisibilityTimeout = 0,
    } = input as {
      Entries?: MessageInput[];
      ReceiptHandle?: string;
      VisibilityTimeout?: number;
    };
    if (command === 'SendMessageBatchCommand')
      return queue.sendBatch(Entries, () => {
        const { faultPercent } = this.weather;
        const isRefused = this.isFaulty && faultPercent > 0 && this.choices.chance(faultPercent);
        if (isRefused) this.onFault(this.scheduler.current);
        return isRefused;
      });
    if (command === 'ReceiveMessageCommand') return queue.receive(VisibilityTimeout);
    if (command === 'DeleteMessageCommand') queue.remove(ReceiptHandle);
    else if (command === 'ChangeMessageVisibilityCommand') queue.hide(ReceiptHandle, VisibilityTimeout);
    else queue.send(input);
    return {};
  }

  private failure(service: ServiceName, input: unknown, isLost: boolean): Error {
    const isThrottled = !isLost && this.choices.below(2) === 1;
    if (service === 'ses' && isThrottled) return rateExceeded();
    if (service !== 'dynamodb' || !isThrottled)
      return Object.assign(new Error('The call ended without a response.'), {
        name: isLost ? 'TimeoutError' : 'InternalServerError',
        $metadata: isLost ? {} : { httpStatusCode: 500 },
      });
    const { TransactItems, ClientRequestToken } = input as Partial<TransactWriteItemsCommandInput>;
    // A transaction that was carried out is not canceled when it is repeated.
    if (TransactItems && !this.table.hasDone(ClientRequestToken))
      return canceled([{ Code: 'ThrottlingError' }]);
    return new ProvisionedThroughputExceededException({ message: 'Too many requests', $metadata: {} });
  }

  private commit(changes: readonly ItemChange[]): void {
    this.verdict.guard(() => this.onCommit(changes));
    for (const change of changes) this.onRecord(this.recordOf(change));
  }

  private recordOf({ key, before, after }: ItemChange): DynamoDBRecord {
    const SequenceNumber = String(++this.records).padStart(21, '1');
    return {
      eventID: `event-${this.records}`,
      eventName: after ? (before ? 'MODIFY' : 'INSERT') : 'REMOVE',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(this.scheduler.now / 1_000),
        Keys: { pk: { S: key.pk }, sk: { S: key.sk } },
        ...(before && { OldImage: before }),
        ...(after && { NewImage: after }),
        SequenceNumber,
      },
    } as DynamoDBRecord;
  }
}

const textOf = (input: Parameters<typeof keyOfInput>[0]): string => {
  const { pk, sk } = keyOfInput(input);
  return `${pk}\n${sk}`;
};

/** Returns the beginning of the next minute. */
export const nextMinute = (now: number): number => Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;

/** Describes the input of a command for the trace. */
function describe(input: unknown): string {
  const { TransactItems, Key, Item, ExpressionAttributeValues, QueueUrl, Destination, Tags } =
    input as Record<string, never>;
  if (TransactItems)
    return writesOf(input as TransactWriteItemsCommandInput)
      .map(({ kind, input: write }) => `${kind} ${textOf(write).replace('\n', '/')} ${statusIn(write)}`)
      .filter((line) => !/#COUNTS|#NAME#|#AUDIT/.test(line))
      .join('; ');
  if (Key ?? Item)
    return `${textOf(input as { Key: never }).replace('\n', '/')} ${statusIn(input as object)}`;
  if (Destination) return `${JSON.stringify(Destination)} ${JSON.stringify(Tags)}`;
  return String(
    (ExpressionAttributeValues as { ':pk'?: { S?: string } } | undefined)?.[':pk']?.S ?? QueueUrl ?? '',
  );
}

function statusIn(input: object): string {
  const { ExpressionAttributeValues, Item } = input as { [name: string]: Record<string, { S?: string }> };
  const { [':status']: status, [':changeId']: changeId } = ExpressionAttributeValues ?? {};
  const shown = [status?.S ?? Item?.status?.S, changeId?.S ?? Item?.changeId?.S].filter(Boolean);
  return shown.join(' ');
}
