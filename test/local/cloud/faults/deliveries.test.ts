import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Call } from '../../../../local/cloud/endpoint/operation';
import type { FaultKind } from '../../../../local/cloud/faults/fault';
import { Faults } from '../../../../local/cloud/faults/faults';
import { Schedules } from '../../../../local/services/events/schedules';
import { AsyncInvocations } from '../../../../local/services/lambda/async-invocations';
import type { LambdaFunction } from '../../../../local/services/lambda/function';
import { queueOperations } from '../../../../local/services/sqs/operations';
import { Queues } from '../../../../local/services/sqs/queues';
import { eventually } from '../../../support/jest/timeouts';
import { resolved } from '../../resources';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

let events: unknown[];
const lambda = {
  name: 'fn',
  arn: ARN,
  invoke: (event: unknown) => Promise.resolve(void events.push(event)),
} as unknown as LambdaFunction;

beforeEach(() => (events = []));

function once(kind: FaultKind): Faults {
  const faults = new Faults();
  faults.add({ share: 1, seed: 1, kinds: [kind], times: 1 });
  return faults;
}

const invocations = (faults: Faults) =>
  new AsyncInvocations({
    configs: [],
    roles: { assertMaySend: () => {}, maySend: () => true },
    send: () => {},
    log: () => {},
    faults,
  });

it('delivers an asynchronous event twice', async () => {
  const twice = invocations(once('duplicate'));
  twice.invoke(lambda, { one: 1 });
  await eventually('the second event', () => events.length === 2);
  expect(events).toEqual([{ one: 1 }, { one: 1 }]);
  twice.invoke(lambda, { other: 1 });
  await eventually('the other event', () => events.length === 3);
});

it('delivers an asynchronous event late', async () => {
  const late = invocations(once('late'));
  late.invoke(lambda, { first: 1 });
  late.invoke(lambda, { second: 1 });
  await eventually('both events', () => events.length === 2);
  expect(events).toEqual([{ second: 1 }, { first: 1 }]);
});

it('runs a schedule twice', async () => {
  const rules = resolved({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'often',
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ Arn: ARN, Id: 'Target0' }],
      },
    },
  });
  const schedules = new Schedules(
    rules,
    () => lambda,
    (...invocation) => invocations(new Faults()).invokeAndWait(...invocation),
    () => {},
    () => true,
    once('duplicate'),
  );
  await schedules.fire('often');
  expect(events).toHaveLength(2);
  expect(events[0]).toEqual(events[1]);
});

it('leaves a received message visible for a second receipt', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'deliveries-'));
  const resources = resolved({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one' } } });
  const queues = new Queues(resources, directory);
  queues.send(resources[0]?.attributes.Arn ?? '', { number: 1 });
  const operations = queueOperations(queues, once('duplicate'));
  const receive = async () => {
    const call = {
      caller: { name: 'fn', role: {} },
      input: { QueueUrl: resources[0]?.ref },
    } as unknown as Call;
    const { Messages = [] } = (await operations['AmazonSQS.ReceiveMessage']?.run(call)) as {
      Messages?: object[];
    };
    return Messages.length;
  };
  expect([await receive(), await receive(), await receive()]).toEqual([1, 1, 0]);
  rmSync(directory, { recursive: true });
});
