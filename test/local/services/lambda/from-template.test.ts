import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Resource } from '../../../../local/cloud/template/resources';
import { Concurrency } from '../../../../local/services/lambda/concurrency';
import { type FunctionHosting, lambdaFromTemplate } from '../../../../local/services/lambda/from-template';
import { makeTemporaryDirectory } from '../../../support/jest/temporary-directories';
import { tmpdir } from 'node:os';

const directory = makeTemporaryDirectory(tmpdir());

function functionOf(name: string, own: object, concurrency: Concurrency) {
  const bundle = path.join(directory, name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(path.join(bundle, 'index.mjs'), 'export const handler = () => new Promise(() => {});');
  const resource = {
    logicalId: name,
    type: 'AWS::Lambda::Function',
    ref: name,
    attributes: { Arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}` },
    properties: { Code: { S3Key: `${name}.zip` }, Handler: 'index.handler', Runtime: 'nodejs24.x', ...own },
    stack: { assets: new Map([[name, bundle]]) },
  } as unknown as Resource;
  return lambdaFromTemplate(resource, {
    ...{ endpoints: {}, credentials: {}, mayLog: () => true, logDirectory: directory, concurrency },
    ...{ timeoutFactor: 1, verbose: false },
  } as unknown as FunctionHosting);
}

it('gives a function the concurrency that the template reserves', async () => {
  const lambda = functionOf('reserved', { ReservedConcurrentExecutions: 1 }, new Concurrency(1_000));
  const running = expect(lambda.invoke({})).rejects.toThrow('The instance was stopped.');
  await expect(lambda.invoke({})).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  await lambda.stop();
  await running;
});

it('lets all other functions share the concurrency of the account', async () => {
  const concurrency = new Concurrency(1);
  const [one, two] = [functionOf('one', {}, concurrency), functionOf('two', {}, concurrency)];
  const running = expect(one.invoke({})).rejects.toThrow('The instance was stopped.');
  await expect(two.invoke({})).rejects.toThrow('Rate Exceeded. (ConcurrentInvocationLimitExceeded)');
  await one.stop();
  await running;
});

it('stops the start if the template reserves too much', () => {
  expect(() => functionOf('greedy', { ReservedConcurrentExecutions: 901 }, new Concurrency(1_000))).toThrow(
    'greedy: Specified ReservedConcurrentExecutions',
  );
});
