import { OutboxRunStore, RUN_LEASE_MS, type RunLease } from '../../../shared/store/mail/outbox-run-store';
import { createTable } from '../../support/mail/mail-environment';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

let runs: OutboxRunStore;
beforeEach(async () => {
  runs = new OutboxRunStore(await createTable());
});

async function start(now = NOW): Promise<RunLease> {
  const lease = await runs.request(now);
  if (!lease) throw new Error('Another run is in progress.');
  return lease;
}

it('lets one run at a time send', async () => {
  const leases = await Promise.all(Array.from({ length: 5 }, () => runs.request(NOW)));
  expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
});

it('lets the next run start when a run has ended', async () => {
  const lease = await start();
  expect(await runs.release(lease, '2026-03-01T12:00:05.000Z')).toBeUndefined();
  expect(await start()).toMatchObject({ settledAt: '2026-03-01T12:00:05.000Z' });
});

it('makes a run start over that was requested while it was in progress, so that no request is lost', async () => {
  const lease = await start();
  expect(await runs.request(later(1_000))).toBeUndefined();
  const again = await runs.release(lease, undefined);
  expect(again).toMatchObject({ owner: lease.owner });
  expect(await runs.request(later(1_500))).toBeUndefined();
  const last = (await runs.release(again as RunLease, undefined)) as RunLease;
  expect(await runs.release(last, undefined)).toBeUndefined();
  expect(await runs.request(later(2_000))).toBeDefined();
});

it('ends a run that has no time left, whatever was requested', async () => {
  const lease = await start();
  await runs.request(later(1_000));
  expect(await runs.release(lease, undefined, { force: true })).toBeUndefined();
  expect(await runs.request(later(2_000))).toBeDefined();
});

it('lets another run take over from a run that has died, and the dead one cannot continue', async () => {
  const dead = await start();
  expect(await runs.request(later(RUN_LEASE_MS - 1))).toBeUndefined();
  const other = await start(later(RUN_LEASE_MS));
  expect(await runs.renew(dead, later(RUN_LEASE_MS))).toBe(false);
  expect(await runs.release(dead, undefined)).toBeUndefined();
  expect(await runs.renew(other, later(RUN_LEASE_MS + 1_000))).toBe(true);
});

it('keeps a lease that is renewed', async () => {
  const lease = await start();
  expect(await runs.renew(lease, later(RUN_LEASE_MS - 1))).toBe(true);
  expect(await runs.request(later(RUN_LEASE_MS))).toBeUndefined();
});
