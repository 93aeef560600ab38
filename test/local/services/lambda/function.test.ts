import path from 'node:path';
import { functionEnvironment } from '../../../../local/services/lambda/environment';
import { LambdaFunction } from '../../../../local/services/lambda/function';
import { FunctionUsage } from '../../../../local/services/lambda/function-usage';
import { RequestTooLarge } from '../../../../local/services/lambda/function-error';
import { eventually, HANG_LIMIT_MS } from '../../../support/jest/timeouts';

describe('LambdaFunction', () => {
  let printed: string;
  /** Applies to later invocations. */
  let timeoutMs: number;
  const running: LambdaFunction[] = [];

  function start(
    settings: { maxInstances?: number; bundle?: string; memoryMb?: number; usage?: FunctionUsage } = {},
  ) {
    printed = '';
    timeoutMs = HANG_LIMIT_MS;
    const { maxInstances = 4, bundle = 'probe', memoryMb = 128, usage } = settings;
    const own = {
      name: 'Probe',
      version: '$LATEST',
      handler: 'index.handler',
      memoryMb,
      codeDirectory: '/code',
      logGroup: 'group',
    };
    const lambda = new LambdaFunction(
      {
        name: 'Probe',
        arn: 'arn:aws:lambda:us-east-1:000000000000:function:Probe',
        file: path.join(__dirname, `../../bundles/${bundle}.mjs`),
        exportName: 'handler',
        environment: functionEnvironment({
          ...own,
          own: { TABLE_NAME: 'table' },
          credentials: { accessKeyId: 'ASIA0123456789ABCDEF', sessionToken: 'token' },
          endpoints: { AWS_ENDPOINT_URL_SES: 'http://ses' },
        }),
        memoryMb,
        get timeoutMs() {
          return timeoutMs;
        },
        initTimeoutMs: HANG_LIMIT_MS,
        print: (chunk) => (printed += chunk),
        usage,
      },
      maxInstances,
    );
    running.push(lambda);
    return lambda;
  }

  afterEach(() => Promise.all(running.splice(0).map((lambda) => lambda.stop())));

  it('sees the variables of the template, Lambda and the endpoints, and no others', async () => {
    process.env.OF_THE_HOST = 'secret';
    let environment: Record<string, string>;
    try {
      environment = (await start().invoke({ act: 'environment' })) as Record<string, string>;
    } finally {
      delete process.env.OF_THE_HOST;
    }
    expect(environment).toMatchObject({
      TABLE_NAME: 'table',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Probe',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: 'group',
      LAMBDA_TASK_ROOT: '/code',
      AWS_ENDPOINT_URL_SES: 'http://ses',
    });
    expect(environment.AWS_ACCESS_KEY_ID).toBe('ASIA0123456789ABCDEF');
    expect(environment.AWS_SESSION_TOKEN).toBe('token.1');
    expect(environment).not.toHaveProperty('OF_THE_HOST');
    expect(environment).not.toHaveProperty('NODE_OPTIONS');
  });

  it('does not share its variables', async () => {
    await start().invoke({ act: 'setVariable' });
    expect(process.env.LEFT_BY_FUNCTION).toBeUndefined();
    expect(await start().invoke({ act: 'environment' })).not.toHaveProperty('LEFT_BY_FUNCTION');
  });

  it('passes the context of Lambda to the handler', async () => {
    const before = Date.now();
    const context = await start().invoke({ act: 'context' }, 'request-1');
    const tookMs = Date.now() - before;
    expect(context).toMatchObject({
      functionName: 'Probe',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      awsRequestId: 'request-1',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Probe',
      logGroupName: 'group',
    });
    const { remaining } = context as { remaining: number };
    expect(remaining).toBeGreaterThanOrEqual(HANG_LIMIT_MS - tookMs);
    expect(remaining).toBeLessThanOrEqual(HANG_LIMIT_MS);
  });

  it('returns null if the handler returns nothing', async () => {
    expect(await start().invoke({ act: 'nothing' })).toBeNull();
  });

  it('reuses an idle instance', async () => {
    const lambda = start();
    expect([await lambda.invoke({ act: 'count' }), await lambda.invoke({ act: 'count' })]).toEqual([1, 2]);
    expect(lambda.instances()).toEqual({ idle: 1, busy: 0 });
  });

  it('starts instances for concurrent invocations up to the maximum, and queues the rest', async () => {
    const lambda = start({ maxInstances: 2 });
    const invocations = Array.from({ length: 5 }, () => lambda.invoke({ act: 'wait', ms: 60 }));
    expect(lambda.instances().busy).toBe(2);
    expect(await Promise.all(invocations)).toEqual(Array.from({ length: 5 }, () => 'waited'));
    expect(lambda.instances()).toEqual({ idle: 2, busy: 0 });
  });

  it('reports the error of the handler, and keeps the instance', async () => {
    const lambda = start();
    await lambda.invoke({ act: 'count' });
    await expect(lambda.invoke({ act: 'fail' })).rejects.toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'failed',
    });
    expect(await lambda.invoke({ act: 'count' })).toBe(2);
  });

  it.each([
    ['waits too long', { act: 'wait', ms: 60_000 }],
    ['never yields', { act: 'spin' }],
  ])('ends an instance that %s, and starts another', async (_, event) => {
    const lambda = start();
    await lambda.invoke({ act: 'count' });
    timeoutMs = 300;
    await expect(lambda.invoke(event)).rejects.toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'Task timed out after 0.30 seconds',
    });
    timeoutMs = HANG_LIMIT_MS;
    expect(await lambda.invoke({ act: 'count' })).toBe(1);
  });

  it.each([
    ['ends its process', 'exit', 'Runtime.ExitError'],
    ['throws an uncaught error', 'throwLater', 'RangeError'],
    ['exceeds its memory', 'fillMemory', 'Runtime.OutOfMemory'],
  ])('loses only the invocation that %s', async (_, act, errorType) => {
    const lambda = start();
    const other = lambda.invoke({ act: 'wait', ms: 200 });
    await expect(lambda.invoke({ act })).rejects.toMatchObject({ errorType });
    expect(await other).toBe('waited');
    expect(await lambda.invoke({ act: 'nothing' })).toBeNull();
  });

  it('kills the busy instances', async () => {
    const lambda = start();
    await lambda.invoke({ act: 'count' });
    const invocation = lambda.invoke({ act: 'wait', ms: HANG_LIMIT_MS });
    await eventually('the invocation', () => printed.includes('waiting'));
    const failure = expect(invocation).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await lambda.kill()).toBe(1);
    await failure;
    expect(await lambda.kill()).toBe(0);
    expect(await lambda.invoke({ act: 'count' })).toBe(1);
  });

  it('kills only instances whose event contains a given text', async () => {
    const lambda = start();
    const mine = lambda.invoke({ act: 'wait', ms: HANG_LIMIT_MS, domain: 'mine' });
    const other = lambda.invoke({ act: 'wait', ms: 300, domain: 'other' });
    const failure = expect(mine).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await lambda.kill({ of: 'mine' })).toBe(1);
    await failure;
    await expect(other).resolves.toBeDefined();
  });

  it('runs in processes if its usage is measured, and can be killed there, too', async () => {
    const usage = new FunctionUsage();
    const lambda = start({ usage });
    expect(usage.report()).toEqual({ cpuMs: 0, largestCpuMs: 0, peakMemoryMb: 0 });
    const environment = (await lambda.invoke({ act: 'environment' })) as Record<string, string>;
    expect(environment).toMatchObject({ TABLE_NAME: 'table', AWS_SESSION_TOKEN: 'token.1' });
    expect(environment).not.toHaveProperty('HOME');
    const { cpuMs, peakMemoryMb } = usage.report();
    expect(cpuMs).toBeGreaterThan(0);
    // A process has at least the memory of Node.
    expect(peakMemoryMb).toBeGreaterThan(20);
    const invocation = lambda.invoke({ act: 'wait', ms: HANG_LIMIT_MS });
    await eventually('the invocation', () => printed.includes('waiting'));
    const failure = expect(invocation).rejects.toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await lambda.kill()).toBe(1);
    await failure;
    expect(await lambda.invoke({ act: 'environment' })).toHaveProperty('TABLE_NAME');
  });

  it('measures the invocation that takes the most CPU time, even if it fails', async () => {
    const usage = new FunctionUsage();
    const lambda = start({ usage });
    await lambda.invoke({ act: 'nothing' });
    await expect(lambda.invoke({ act: 'burn', cpuMs: 60 })).rejects.toMatchObject({ errorMessage: 'burned' });
    await lambda.invoke({ act: 'nothing' });
    const { cpuMs, largestCpuMs } = usage.report();
    expect(largestCpuMs).toBeGreaterThanOrEqual(60);
    expect(cpuMs).toBeGreaterThanOrEqual(largestCpuMs);
  });

  it('refuses events and responses over 6 MB', async () => {
    const lambda = start();
    await expect(lambda.invoke({ act: 'nothing', padding: 'x'.repeat(6 * 1024 * 1024) })).rejects.toThrow(
      RequestTooLarge,
    );
    await expect(lambda.invoke({ act: 'large' })).rejects.toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });

  it('reports why a bundle does not load', async () => {
    await expect(start({ bundle: 'broken' }).invoke({})).rejects.toMatchObject({
      errorMessage: 'cannot load',
    });
  });

  it('prints the output of the function', async () => {
    await start().invoke({ act: 'print' });
    await eventually('the output', () => printed.includes('hello from the function'));
  });
});
