import type { DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import { MAX_DUE_DELIVERY_MS, runDeliveries } from '../../../shared/mail/outbox/delivery-run';

const SENT: DeliveryOutcome = { outcome: 'sent', messageId: 'm-1' };
const FAILED: DeliveryOutcome = {
  outcome: 'delayed',
  dueAt: '2026-03-01T12:00:30.000Z',
  error: 'Throttling',
};
const REFUSED: DeliveryOutcome = { outcome: 'failed', error: 'MessageRejected' };

const THROTTLED: DeliveryOutcome = { ...FAILED, isThrottled: true };

/** Runs an outbox with one email for each result. An error among the results is thrown. */
async function run(results: (DeliveryOutcome | Error)[], remainingMs = () => 60_000) {
  const reported: (string | Error)[] = [];
  const pauses: number[] = [];
  let at = 0;
  let taken = 0;
  const end = await runDeliveries({
    next: () => Promise.resolve(taken < results.length ? { mailId: String(taken++) } : undefined),
    deliver: () => {
      const result = results[at++] as DeliveryOutcome | Error;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    remainingMs,
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    onOutcome: (_, { outcome }) => reported.push(outcome),
    onError: (_, error) => reported.push(error as Error),
  });
  return { reported, pauses, end };
}

it('delivers all due emails', async () => {
  expect(await run([SENT, REFUSED, SENT])).toEqual({
    reported: ['sent', 'failed', 'sent'],
    pauses: [],
    end: 'finished',
  });
});

it('slows down while SES fails, and returns to normal when it recovers', async () => {
  const { reported, pauses } = await run([FAILED, FAILED, SENT, FAILED, SENT]);
  expect(reported).toEqual(['delayed', 'delayed', 'sent', 'delayed', 'sent']);
  expect(pauses).toEqual([1_000, 2_000, 1_000]);
});

it('stops after three failures of SES in a row', async () => {
  expect((await run([SENT, FAILED, FAILED, FAILED, SENT])).reported).toEqual([
    'sent',
    'delayed',
    'delayed',
    'delayed',
  ]);
});

it('neither slows down nor stops while only the rate of SES is reached', async () => {
  const { reported, pauses, end } = await run([THROTTLED, THROTTLED, THROTTLED, SENT]);
  expect(reported).toEqual(['delayed', 'delayed', 'delayed', 'sent']);
  expect({ pauses, end }).toEqual({ pauses: [], end: 'finished' });
});

it('continues after an email that cannot be processed', async () => {
  const broken = new Error('The license is incomplete.');
  expect((await run([broken, SENT])).reported).toEqual([broken, 'sent']);
});

it('starts no email if the time is too short', async () => {
  const remaining = [60_000, MAX_DUE_DELIVERY_MS, MAX_DUE_DELIVERY_MS - 1];
  expect((await run([SENT, SENT, SENT], () => remaining.shift() ?? 0)).reported).toEqual(['sent', 'sent']);
});
