import { recordEvents } from '../../../shared/service/events/record-events';
import { ChangeConsumers, CONSUMERS_CACHE_MS } from '../../../shared/store/consumers/change-consumers';
import type { Consumer } from '../../../shared/store/consumers/consumer-store';

const D = 'd';
const WORK = { domainId: D, changes: [] };
/** The times that a read and a write of the table take. */
const READ_MS = 7;
const WRITE_MS = 300;

const subscription = (subscriptionId: string, pulls: boolean): Consumer => ({
  ...{ scope: D, kind: 'EVENTS', full: false },
  subscriptionId,
  pulls,
});

/** A domain with one feed that a product reads, and a function that writes into it. */
class World {
  /** The times of the requests for deliveries. */
  readonly requests: number[] = [];
  private now = 0;
  private list = [subscription('feed', true)];
  private version = 1;
  private readonly consumers = new ChangeConsumers({
    now: () => this.now,
    store: {
      version: () => this.read(() => this.version),
      readAll: () => this.read(() => this.list),
    },
  });

  constructor(private readonly webhookAt: number) {}

  /** Writes the events of a message. Returns the time of the write. */
  async record(at: number): Promise<number> {
    this.until(at);
    let writtenAt = 0;
    await recordEvents(WORK, {
      write: () => {
        this.until(this.now + WRITE_MS);
        writtenAt = this.now;
        return Promise.resolve();
      },
      consumers: this.consumers,
      requestDeliveries: (scope) => Promise.resolve(void (scope === D && this.requests.push(this.now))),
    });
    return writtenAt;
  }

  /** Lets the time pass. The webhook is created in it, if that is due. */
  until(at: number): void {
    const isDue = (time: number) => this.now < time && time <= at;
    if (isDue(this.webhookAt)) {
      this.list = [...this.list, subscription('webhook', false)];
      this.version++;
    }
    // As `awaitDispatchers` does, without its tolerance.
    if (isDue(this.webhookAt + CONSUMERS_CACHE_MS)) this.requests.push(this.webhookAt + CONSUMERS_CACHE_MS);
    this.now = Math.max(this.now, at);
  }

  private read<T>(value: () => T): Promise<T> {
    this.until(this.now + READ_MS);
    return Promise.resolve(value());
  }
}

it('no event waits for the next one, whenever the first webhook of a domain is created', async () => {
  const waiting: object[] = [];
  for (let webhookAt = 1_000; webhookAt < 5_000; webhookAt += 5)
    for (const cachedAt of [1_900, 2_100, 2_600]) {
      const world = new World(webhookAt);
      await world.record(cachedAt);
      const writtenAt = await world.record(3_000);
      world.until(10_000);
      if ((world.requests.at(-1) ?? 0) < writtenAt) waiting.push({ webhookAt, cachedAt });
    }
  expect(waiting).toEqual([]);
});

it('requests no deliveries of a feed that products only read', async () => {
  const world = new World(Infinity);
  await world.record(1_000);
  await world.record(5_000);
  expect(world.requests).toEqual([]);
});

it('requests no deliveries if the events were not written', async () => {
  const requestDeliveries = jest.fn();
  const consumers = { current: () => Promise.reject(new Error('It is not asked.')) };
  const write = () => Promise.reject(new Error('throttled'));
  await expect(recordEvents(WORK, { write, consumers, requestDeliveries })).rejects.toThrow('throttled');
  expect(requestDeliveries).not.toHaveBeenCalled();
});
