import type { DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import { runOutbox } from '../../../shared/mail/outbox/outbox-run';
import { outboxRate, SendRate } from '../../../shared/mail/outbox/send-rate';
import type { DuePage, OutboxEntry } from '../../../shared/store/mail/outbox-store';

// The time is simulated: a wait only advances the clock, and a send takes no time besides the rate of SES. So
// an import whose emails take more than two hours is tested in seconds, with the parts that send it.

const PAGE_SIZE = 25;
const QUOTA = 14;
const INVOCATION_MS = 75_000;
const START = Date.UTC(2026, 2, 1, 12);
/** The time between two emails of the other domain. */
const INTERVAL_MS = 60_000;

/** An outbox in memory, with the emails of each domain in the order of time. */
class MemoryOutbox {
  private readonly domains = new Map<string, { entries: OutboxEntry[]; first: number }>();
  private readonly removed = new Set<OutboxEntry>();

  add(entry: OutboxEntry): void {
    const domain = this.domains.get(entry.domainId) ?? { entries: [], first: 0 };
    domain.entries.push(entry);
    this.domains.set(entry.domainId, domain);
  }

  remove(entry: OutboxEntry): void {
    this.removed.add(entry);
    const domain = this.domains.get(entry.domainId);
    for (let first = domain?.entries[domain.first]; first && this.removed.delete(first);) {
      domain!.first += 1;
      first = domain!.entries[domain!.first];
    }
  }

  duePage(domainId: string | undefined, now: Date): Promise<DuePage> {
    const { entries, first } = this.domains.get(domainId ?? 'none') ?? { entries: [], first: 0 };
    const by = now.toISOString();
    const page = entries.slice(first, first + PAGE_SIZE);
    return Promise.resolve({
      entries: page.filter((entry) => entry.dueAt <= by && !this.removed.has(entry)),
    });
  }

  readonly minutes = {
    // eslint-disable-next-line @typescript-eslint/require-await -- The store reads pages.
    begunBy: async function* (this: void) {
      yield [...domains()].map((domainId) => ({ domainId, minute: '2026-03-01T12:00' }));
    },
    isOver: () => false,
    merge: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };

  get domainIds(): Iterable<string> {
    return this.domains.keys();
  }
}

let outbox: MemoryOutbox;
const domains = (): Iterable<string> => outbox.domainIds;

it.each([100_000])(
  'sends the %d emails of an import once each, while another domain does not wait',
  async (users) => {
    let clock = START;
    const now = () => new Date(clock);
    const sleep = (ms: number) => Promise.resolve(void (clock += ms));
    outbox = new MemoryOutbox();
    const dueAt = now().toISOString();
    for (let at = 0; at < users; at++)
      outbox.add({ domainId: 'import', userId: `u${at}`, mailId: `m${at}`, dueAt });

    const sent = new Map<string, number>();
    const waits: number[] = [];
    const late: number[] = [];
    let others = 0;
    let wakes = 1;
    let runs = 0;
    const rate = new SendRate(outboxRate(QUOTA), { now, sleep });
    const deliver = async (entry: OutboxEntry): Promise<DeliveryOutcome> => {
      await rate.wait();
      outbox.remove(entry);
      sent.set(entry.mailId, (sent.get(entry.mailId) ?? 0) + 1);
      if (entry.domainId === 'other') waits.push(clock - Date.parse(entry.dueAt));
      if (clock - START > others * INTERVAL_MS)
        outbox.add({
          domainId: 'other',
          userId: 'u',
          mailId: `other-${others++}`,
          dueAt: now().toISOString(),
        });
      return { outcome: 'sent', messageId: 'ses' };
    };
    for (; wakes > 0; runs++) {
      wakes--;
      const end = clock + INVOCATION_MS;
      const lateMs = await runOutbox(
        { owner: 'run', requests: 0, settledAt: now().toISOString() },
        {
          outbox,
          runs: { renew: () => Promise.resolve(true), release: () => Promise.resolve(undefined) },
          workers: 1,
          now,
          sleep,
          deliver,
          remainingMs: () => end - clock,
          wake: () => Promise.resolve(void wakes++),
          onOutcome: () => {},
          onError: (_, error) => {
            throw error;
          },
        },
      );
      late.push(lateMs);
    }
    expect(sent.size).toBe(users + others);
    expect([...sent.values()].every((count) => count === 1)).toBe(true);
    // More than two hours, at the rate of SES.
    expect(users / ((clock - START) / 1_000)).toBeCloseTo(outboxRate(QUOTA), 0);
    expect(runs).toBeGreaterThan(100);
    // A new domain is found within seconds, and then waits for one email of the import.
    expect(others).toBeGreaterThan(100);
    expect(Math.max(...waits)).toBeLessThan(7_000);
    // The alarm on a late outbox has a threshold of five minutes.
    expect(Math.max(...late)).toBeLessThan(60_000);
  },
);
