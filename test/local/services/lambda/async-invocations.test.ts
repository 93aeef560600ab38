import { AsyncInvocations } from '../../../../local/services/lambda/async-invocations';
import type { InvocationTarget } from '../../../../local/services/lambda/invocation-target';
import { FunctionError, InvocationThrottled } from '../../../../local/services/lambda/function-error';
import { resolved } from '../../resources';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';
const EVENT = { one: 1 };
const ROLES = { assertMaySend: () => {}, maySend: () => true };

const config = (own: object = {}) =>
  resolved({
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: 'fn',
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: QUEUE } },
        ...own,
      },
    },
  });

/** Invokes a function that fails `failures` times. Waits until it succeeds or its retries are exhausted. */
async function invoke(failures: number, configs = config(), error: Error = new FunctionError('Oh', 'no')) {
  const sent: [string, object][] = [];
  const lines: string[] = [];
  let invocations = 0;
  await new Promise<void>((end) => {
    const lambda = {
      name: 'fn',
      qualifier: '$LATEST',
      version: '$LATEST',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
      invoke: (event: unknown) => {
        expect(event).toBe(EVENT);
        invocations += 1;
        if (invocations <= failures) return Promise.reject(error);
        end();
        return Promise.resolve();
      },
    } as unknown as InvocationTarget;
    new AsyncInvocations({
      configs,
      firstRetryMs: 1,
      roles: ROLES,
      log: (line) => {
        lines.push(line);
        setImmediate(end);
      },
      send: (...message) => sent.push(message),
    }).invoke(lambda, EVENT);
  });
  return { invocations, sent, lines };
}

it('delivers an event once if the function succeeds', async () => {
  expect(await invoke(0)).toEqual({ invocations: 1, sent: [], lines: [] });
});

it('retries an event if the function fails', async () => {
  expect(await invoke(1)).toEqual({ invocations: 2, sent: [], lines: [] });
});

it('sends an event to the failure destination if all retries fail', async () => {
  const { invocations, sent, lines } = await invoke(9);
  expect(invocations).toBe(2);
  expect(sent).toEqual([
    [
      QUEUE,
      expect.objectContaining({
        requestPayload: EVENT,
        requestContext: expect.objectContaining({
          condition: 'RetriesExhausted',
          approximateInvokeCount: 2,
        }) as object,
        responsePayload: { errorType: 'Oh', errorMessage: 'no' },
      }),
    ],
  ]);
  expect(lines).toEqual(['fn exhausted the retries of an event: FunctionError: Oh: no']);
});

it('retries an event for as long as Lambda throttles the function, beyond the retries of a failure', async () => {
  const throttled = new InvocationThrottled('ConcurrentInvocationLimitExceeded');
  expect(await invoke(4, config(), throttled)).toEqual({ invocations: 5, sent: [], lines: [] });
});

it('sends a throttled event to the failure destination when it is too old', async () => {
  const throttled = new InvocationThrottled('ConcurrentInvocationLimitExceeded');
  const { sent, lines } = await invoke(99, config({ MaximumEventAgeInSeconds: 0.2 }), throttled);
  expect(sent).toEqual([
    [
      QUEUE,
      expect.objectContaining({
        requestPayload: EVENT,
        requestContext: expect.objectContaining({ condition: 'EventAgeExceeded' }) as object,
      }),
    ],
  ]);
  expect(sent[0]?.[1]).not.toHaveProperty('responsePayload');
  expect(lines).toEqual([expect.stringContaining('fn was throttled')]);
});

it('retries twice and has no destination without a configuration', async () => {
  expect(await invoke(9, [])).toMatchObject({ invocations: 3, sent: [] });
});

it('has the configuration of the version or alias that is invoked, and of no other', async () => {
  expect(await invoke(9, config({ Qualifier: 'live' }))).toMatchObject({ invocations: 3, sent: [] });
});

it('refuses unsupported properties', () => {
  const onSuccess = { DestinationConfig: { OnSuccess: { Destination: QUEUE } } };
  expect(
    () => new AsyncInvocations({ configs: config(onSuccess), roles: ROLES, send: () => {}, log: () => {} }),
  ).toThrow(/cannot run Config \(.*\):[^]*destinations of successes are not supported/);
});

it('stops the start if the role of the function may not send to the failure destination', () => {
  const assertMaySend = (name: string, queueArn: string) => {
    throw new Error(`${name} may not send to ${queueArn}`);
  };
  const parts = { configs: config(), roles: { ...ROLES, assertMaySend }, send: () => {}, log: () => {} };
  expect(() => new AsyncInvocations(parts)).toThrow(`fn may not send to ${QUEUE}`);
});
