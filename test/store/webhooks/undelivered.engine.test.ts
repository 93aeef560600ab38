import { newId } from '../../../shared/id';
import { UndeliveredEvents } from '../../../shared/store/webhooks/undelivered';
import { createTableLikeSystem } from '../../support/store/create-table';

/** The engine must not delete what has expired by the time of a test. */
const EXPIRY = Math.floor(Date.now() / 1_000) + 86_400;

/** Stores dead letters of one webhook, with the times at which they expire. */
async function withDeadLetters(ttls: readonly number[]) {
  const ref = { scope: newId(), subscriptionId: newId() };
  const undelivered = new UndeliveredEvents(await createTableLikeSystem());
  for (const [at, ttl] of ttls.entries())
    await undelivered.giveUp(ref, {
      ...{ position: at + 1, eventId: newId(), type: 'user.changed', subject: 'user/a', attempts: 30 },
      ...{ time: new Date().toISOString(), failedAt: new Date().toISOString(), ttl },
    });
  return { ref, undelivered };
}

describe('The number of dead letters', () => {
  const now = new Date(EXPIRY * 1_000);

  it('counts those after more expired ones than it reads at once', async () => {
    const { ref, undelivered } = await withDeadLetters([EXPIRY, EXPIRY, EXPIRY, EXPIRY + 60, EXPIRY + 60]);
    expect(await undelivered.countDeadLetters(ref.scope, now, 3)).toEqual(new Map([[ref.subscriptionId, 2]]));
  });

  it('is at most the limit', async () => {
    const ttls = [EXPIRY, EXPIRY + 60, EXPIRY + 60, EXPIRY + 60, EXPIRY + 60];
    const { ref, undelivered } = await withDeadLetters(ttls);
    expect(await undelivered.countDeadLetters(ref.scope, now, 3)).toEqual(new Map([[ref.subscriptionId, 3]]));
  });
});
