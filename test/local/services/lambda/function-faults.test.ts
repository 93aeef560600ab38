import path from 'node:path';
import { Faults } from '../../../../local/cloud/faults/faults';
import { LambdaFunction } from '../../../../local/services/lambda/function';
import { eventually, HANG_LIMIT_MS } from '../../../support/jest/timeouts';

let faults: Faults;
let lambda: LambdaFunction;
let printed: string;

beforeEach(() => {
  faults = new Faults();
  printed = '';
  lambda = new LambdaFunction({
    name: 'Probe',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:Probe',
    file: path.join(__dirname, '../../bundles/probe.mjs'),
    exportName: 'handler',
    environment: { AWS_SESSION_TOKEN: 'token' },
    memoryMb: 128,
    timeoutMs: HANG_LIMIT_MS,
    initTimeoutMs: HANG_LIMIT_MS,
    print: (chunk) => (printed += chunk),
    takeFault: (site) => faults.take(site, ['kill-before', 'kill-after']),
  });
});
afterEach(() => lambda.stop());

it('ends an instance before it runs an event', async () => {
  await lambda.invoke({ act: 'count' });
  faults.add({ share: 1, seed: 1, kinds: ['kill-before'], times: 1 });
  await expect(lambda.invoke({ act: 'print' })).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(printed).not.toContain('hello from the function');
  expect(await lambda.invoke({ act: 'count' })).toBe(1);
});

it('ends an instance after it ran an event', async () => {
  faults.add({ share: 1, seed: 1, kinds: ['kill-after'], of: 'print', times: 1 });
  await lambda.invoke({ act: 'count' });
  await expect(lambda.invoke({ act: 'print' })).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
  await eventually('the output', () => printed.includes('hello from the function'));
  expect(await lambda.invoke({ act: 'count' })).toBe(1);
});

it('ends one instance, by the number in its session token', async () => {
  const tokens = await Promise.all(
    [1, 2].map(async () => {
      const environment = await lambda.invoke({ act: 'environment' });
      return (environment as { AWS_SESSION_TOKEN: string }).AWS_SESSION_TOKEN;
    }),
  );
  expect(tokens.sort()).toEqual(['token.1', 'token.2']);
  const waiting = [300, HANG_LIMIT_MS].map((ms) => lambda.invoke({ act: 'wait', ms }));
  await eventually('both invocations', () => printed.split('waiting').length === 3);
  const outcomes = Promise.allSettled(waiting);
  // Which of the two instances waits longer is not known.
  const first = Promise.race(waiting.map((each) => each.catch(() => 'ended')));
  await lambda.killInstance('1');
  await first;
  await lambda.killInstance('2');
  expect((await outcomes).some(({ status }) => status === 'rejected')).toBe(true);
  expect(lambda.instances().busy).toBe(0);
});
