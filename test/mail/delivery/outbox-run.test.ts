import type { DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import { MAX_DUE_DELIVERY_MS, runOutbox } from '../../../shared/mail/delivery/outbox-run';

const SENT: DeliveryOutcome = { outcome: 'sent', messageId: 'm-1' };
const FAILED: DeliveryOutcome = {
  outcome: 'delayed',
  dueAt: '2026-03-01T12:00:30.000Z',
  error: 'Throttling',
};
const REFUSED: DeliveryOutcome = { outcome: 'failed', error: 'MessageRejected' };

async function* entries(count: number) {
  for (let at = 0; at < count; at++) {
    yield await Promise.resolve({ domainId: 'd', userId: 'u', mailId: String(at), dueAt: 'now' });
  }
}

/** Runs over as many mails as there are results; an error is thrown. */
async function run(results: (DeliveryOutcome | Error)[], remainingMs = () => 60_000) {
  const told: (string | Error)[] = [];
  const pauses: number[] = [];
  let at = 0;
  await runOutbox({
    due: entries(results.length),
    deliver: () => {
      const result = results[at++] as DeliveryOutcome | Error;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    remainingMs,
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    onOutcome: (_, { outcome }) => told.push(outcome),
    onError: (_, error) => told.push(error as Error),
  });
  return { told, pauses };
}

it('delivers all that is due', async () => {
  expect(await run([SENT, REFUSED, SENT])).toEqual({ told: ['sent', 'failed', 'sent'], pauses: [] });
});

it('asks SES more slowly while it fails, and as before once it does not', async () => {
  const { told, pauses } = await run([FAILED, FAILED, SENT, FAILED, SENT]);
  expect(told).toEqual(['delayed', 'delayed', 'sent', 'delayed', 'sent']);
  expect(pauses).toEqual([1_000, 2_000, 1_000]);
});

it('leaves SES alone after three failures in a row', async () => {
  expect((await run([SENT, FAILED, FAILED, FAILED, SENT])).told).toEqual([
    'sent',
    'delayed',
    'delayed',
    'delayed',
  ]);
});

it('goes on behind a mail that cannot be handled', async () => {
  const broken = new Error('The license is not whole.');
  expect((await run([broken, SENT])).told).toEqual([broken, 'sent']);
});

it('takes nothing up that it has no time for', async () => {
  const left = [60_000, MAX_DUE_DELIVERY_MS, MAX_DUE_DELIVERY_MS - 1];
  expect((await run([SENT, SENT, SENT], () => left.shift() ?? 0)).told).toEqual(['sent', 'sent']);
});
