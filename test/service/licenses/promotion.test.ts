import { promoteQueued } from '../../../shared/service/licenses/promotion';
import type { Promotion, PromotionOutcome, QueuedLicense } from '../../../shared/store/licenses/seat-queue';

const NOW = new Date('2026-03-01T12:00:00.000Z');

/** A queue in memory, oldest first. The licenses in `withdrawn` leave it just before their promotion. */
class FakeQueue {
  readonly promoted: string[] = [];
  readonly promotions: Promotion[] = [];
  reads = 0;
  private active = 0;

  constructor(
    private queued: string[],
    private readonly limit: number | undefined,
    private readonly withdrawn: readonly string[] = [],
  ) {}

  oldest(limit: number, after = ''): Promise<QueuedLicense[]> {
    this.reads++;
    const oldest = this.queued.filter((id) => id > after).slice(0, limit);
    return Promise.resolve(oldest.map((changeId) => ({ changeId, userId: `user ${changeId}` })));
  }

  promote({ changeId }: QueuedLicense, promotion: Promotion): Promise<PromotionOutcome> {
    if (this.withdrawn.includes(changeId)) return Promise.resolve('notQueued');
    if (this.active >= (this.limit ?? Infinity)) return Promise.resolve('noSeat');
    this.queued = this.queued.filter((id) => id !== changeId);
    this.active++;
    this.promoted.push(changeId);
    this.promotions.push(promotion);
    return Promise.resolve('promoted');
  }

  /** Simulates another activation. */
  take(): void {
    this.active++;
  }
}

const userIds = (count: number) => Array.from({ length: count }, (_, index) => String(index + 100));
const run = (queue: FakeQueue, isTimeUp = () => false) => promoteQueued(queue, { now: () => NOW, isTimeUp });

describe('promoteQueued', () => {
  it('gives the free seats to the oldest licenses', async () => {
    const queue = new FakeQueue(userIds(5), 3);
    expect(await run(queue)).toEqual({ promoted: 3, finished: true });
    expect(queue.promoted).toEqual(['100', '101', '102']);
  });

  it('promotes the whole queue in several batches if seats are unlimited', async () => {
    const queue = new FakeQueue(userIds(60), undefined);
    expect(await run(queue)).toEqual({ promoted: 60, finished: true });
    expect(queue.promoted).toEqual(userIds(60));
  });

  it('skips licenses that are no longer queued', async () => {
    const queue = new FakeQueue(userIds(5), 2, ['100', '102']);
    expect(await run(queue)).toEqual({ promoted: 2, finished: true });
    expect(queue.promoted).toEqual(['101', '103']);
  });

  it('ends even if no entry is still queued', async () => {
    const queue = new FakeQueue(userIds(3), undefined, userIds(3));
    expect(await run(queue)).toEqual({ promoted: 0, finished: true });
  });

  it('reads only the first entry of the queue if no seat is free, and nothing else if the queue is empty', async () => {
    const queue = new FakeQueue(userIds(3), 0);
    expect(await run(queue)).toEqual({ promoted: 0, finished: true });
    expect(queue.reads).toBe(1);
    const empty = new FakeQueue([], 5);
    expect(await run(empty)).toEqual({ promoted: 0, finished: true });
    expect(empty.reads).toBe(1);
  });

  it('stops if another activation takes the last seat', async () => {
    const queue = new FakeQueue(userIds(3), 2);
    const promote = queue.promote.bind(queue);
    queue.promote = (...args) => {
      const outcome = promote(...args);
      queue.take();
      return outcome;
    };
    expect(await run(queue)).toEqual({ promoted: 1, finished: true });
  });

  it('leaves the rest to another call when the time is up, but always tries one', async () => {
    const queue = new FakeQueue(userIds(3), undefined);
    expect(await run(queue, () => true)).toEqual({ promoted: 1, finished: false });
    expect(await run(queue, () => true)).toEqual({ promoted: 1, finished: false });
    expect(await run(queue, () => true)).toEqual({ promoted: 1, finished: true });
  });

  it('creates a separate activation and audit event for each license', async () => {
    const queue = new FakeQueue(userIds(2), undefined);
    await run(queue);
    const [first, second] = queue.promotions;
    expect(first).toMatchObject({
      changeId: first?.activationId,
      audit: {
        at: NOW.toISOString(),
        action: 'license.promoted',
        resourceId: 'user 100',
        actor: { kind: 'system', name: 'promotion' },
        license: 'activated',
      },
    });
    expect(second?.activationId).not.toBe(first?.activationId);
  });
});
