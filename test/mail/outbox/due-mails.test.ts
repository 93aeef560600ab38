import { DueMails, type DueMailsParts, hasDueMails } from '../../../shared/mail/outbox/due-mails';
import type { OutboxMinute } from '../../../shared/store/mail/outbox-minutes';
import type { DuePage, OutboxEntry } from '../../../shared/store/mail/outbox-store';
import { minuteOf, PAST_MINUTE } from '../../../shared/store/table/mail-keys';

const PAGE_SIZE = 3;
const START = Date.UTC(2026, 2, 1, 12);
const at = (ms: number): string => new Date(START + ms).toISOString();

let clock: number;
let entries: OutboxEntry[];
let shared: OutboxEntry[];
let reads: Record<string, number>;
let removed: string[];

beforeEach(() => {
  clock = START + 60_000;
  [entries, shared, reads, removed] = [[], [], {}, []];
});

/** An outbox in memory. */
const outbox = {
  duePage: (domainId: string | undefined, now: Date, after?: DuePage['next']): Promise<DuePage> => {
    reads[domainId ?? 'shared'] = (reads[domainId ?? 'shared'] ?? 0) + 1;
    const due = (domainId === undefined ? shared : entries.filter((entry) => entry.domainId === domainId))
      .filter(({ dueAt }) => dueAt <= now.toISOString())
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
    const from = after ? Number(after.sk) : 0;
    const next = from + PAGE_SIZE < due.length ? { pk: 'p', sk: String(from + PAGE_SIZE) } : undefined;
    return Promise.resolve({ entries: due.slice(from, from + PAGE_SIZE), ...(next && { next }) });
  },
  minutes: {
    // eslint-disable-next-line @typescript-eslint/require-await -- The store reads pages.
    begunBy: async function* () {
      yield [
        ...crowd,
        ...[...new Set(entries.map(({ domainId }) => domainId)), ...stale].map((domainId) => ({
          domainId,
          minute: '2026-03-01T12:00',
        })),
      ];
    },
    isOver: ({ minute }: OutboxMinute) => minute <= '2026-03-01T12:00',
    merge: async (domainId: string, minutes: readonly OutboxMinute[]) => {
      await unblocked;
      merges++;
      crowd = [
        { domainId, minute: PAST_MINUTE, mergeId: 'm' },
        ...crowd.filter((minute) => !minutes.includes(minute)),
      ];
    },
    remove: async (minutes: readonly OutboxMinute[]) => {
      removed.push(...minutes.map(({ domainId }) => domainId));
      await unblocked;
      crowd = crowd.filter((minute) => !minutes.includes(minute));
    },
  },
};
let stale: string[] = [];
/** More minutes than one for each domain. */
let crowd: OutboxMinute[] = [];
let merges = 0;
/** Merges and removals wait for it. */
let unblocked: Promise<void> = Promise.resolve();
beforeEach(() => {
  [stale, crowd, merges] = [[], [], 0];
  unblocked = Promise.resolve();
});

/** Returns minutes of a domain, the last of which is a minute before `START`. */
const minutesOf = (domainId: string, count: number): OutboxMinute[] =>
  Array.from({ length: count }, (_, each) => ({
    domainId,
    minute: minuteOf(at((each - count) * 60_000)),
  }));

const add = (domainId: string, count: number, dueMs = 0) => {
  for (let each = 0; each < count; each++)
    entries.push({ domainId, userId: 'u', mailId: `${domainId}${dueMs}-${each}`, dueAt: at(dueMs + each) });
};

const open = (lingerMs = 0, parts: Pick<DueMailsParts, 'isPaused'> = {}) =>
  new DueMails({
    ...parts,
    outbox,
    now: () => new Date(clock),
    sleep: (ms) => Promise.resolve(void (clock += ms)),
    lingerMs,
  });

/** Takes at most `count` emails, each of which is sent at once. Returns their domains. */
async function take(mails: DueMails, count = 1_000): Promise<string> {
  let taken = '';
  for (let each = 0; each < count; each++) {
    const entry = await mails.next();
    if (!entry) break;
    entries = entries.filter((other) => other !== entry);
    shared = shared.filter((other) => other.mailId !== entry.mailId);
    taken += entry.domainId;
  }
  return taken;
}

it('takes the domains in turn, however many emails one of them has', async () => {
  add('a', 8);
  add('b', 2, 1_000);
  add('c', 3, 2_000);
  expect(await take(open())).toBe('abcabcacaaaaa');
});

it('reads a page of a domain at a time', async () => {
  add('a', 100);
  add('b', 1, 1_000);
  await take(open(), 3);
  expect(reads).toEqual({ shared: 1, a: 1, b: 1 });
});

it('returns each email once, also to several callers, while their emails are being sent', async () => {
  add('a', 10);
  add('b', 10);
  const mails = open();
  const taken = await Promise.all(Array.from({ length: 25 }, () => mails.next()));
  const ids = taken.flatMap((entry) => entry?.mailId ?? []);
  expect(ids).toHaveLength(20);
  expect(new Set(ids).size).toBe(20);
});

it('gives turns to domains that get emails during the run', async () => {
  add('a', 10);
  const mails = open();
  expect(await take(mails, 2)).toBe('aa');
  add('b', 1);
  clock += 1_000;
  expect(await take(mails, 4)).toContain('b');
});

it('finds an email that was stored later than others that are due after it', async () => {
  add('a', 4, 1_000);
  const mails = open();
  expect(await take(mails, 2)).toBe('aa');
  add('a', 1, 0);
  expect(await take(mails)).toBe('aaa');
});

it('takes the emails that the previous version stored for all domains as those of one more domain', async () => {
  shared = ['x1', 'x2'].map((mailId) => ({
    domainId: 'x',
    userId: 'u',
    mailId,
    dueAt: at(0),
    isShared: true as const,
  }));
  add('a', 3);
  expect(await take(open())).toBe('xaxaa');
});

it('takes no email of a paused domain, even if the previous version stored it', async () => {
  shared = ['p', 'p', 'p', 'p', 'x'].map((domainId, each) => ({
    ...{ domainId, userId: 'u', mailId: `m${each}`, dueAt: at(each), isShared: true as const },
  }));
  add('p', 2);
  add('a', 2);
  const mails = open(0, { isPaused: (domainId) => Promise.resolve(domainId === 'p') });
  expect([...(await take(mails))].sort().join('')).toBe('aax');
});

it('waits for emails that are due soon, but not while others are due', async () => {
  add('a', 1, 61_000);
  add('b', 2, 0);
  const mails = open(1_500);
  expect(await take(mails, 2)).toBe('bb');
  expect(clock).toBe(START + 60_000);
  expect(await take(mails)).toBe('a');
  expect(clock).toBe(START + 61_000);
  add('c', 1, 70_000);
  expect(await take(open(1_500))).toBe('');
});

it('forgets the minutes of a domain that has no emails anymore, but not of one whose emails are being sent', async () => {
  stale = ['gone'];
  add('a', 1);
  const mails = open();
  await mails.next();
  expect(await mails.next()).toBeUndefined();
  await mails.finish();
  expect(removed).toEqual(['gone']);
});

describe('a domain whose emails were paused for long', () => {
  const isPaused = (domainId: string) => Promise.resolve(domainId === 'p');
  const running = { domainId: 'p', minute: '2026-03-01T12:01' };

  it('has one minute for all that are over, and keeps the others', async () => {
    crowd = [...minutesOf('p', 900), ...minutesOf('q', 10), running];
    add('a', 3);
    const mails = open(0, { isPaused });
    expect(await take(mails)).toBe('aaa');
    await mails.finish();
    expect(crowd.filter(({ domainId }) => domainId === 'p')).toEqual([
      { domainId: 'p', minute: PAST_MINUTE, mergeId: 'm' },
      running,
    ]);
    // A domain with few minutes costs no write.
    expect(merges).toBe(1);
  });

  it('has them merged a part at a time if they are very many', async () => {
    crowd = minutesOf('p', 2_500);
    for (const left of [1_501, 502, 1]) {
      const mails = open(0, { isPaused });
      await take(mails);
      await mails.finish();
      expect(crowd).toHaveLength(left);
    }
  });

  it('delays no email, neither by the merge of its minutes nor by their removal after the resume', async () => {
    let unblock = (): void => undefined;
    unblocked = new Promise((resolve) => (unblock = resolve));
    crowd = [...minutesOf('p', 500), ...minutesOf('resumed', 500)];
    add('a', 3);
    const mails = open(0, { isPaused });
    expect(await take(mails)).toBe('aaa');
    expect([merges, crowd.length]).toEqual([0, 1_000]);
    unblock();
    await mails.finish();
    expect(merges).toBeGreaterThan(0);
    expect(crowd.length).toBeLessThan(10);
  });

  it('reports that its minutes cannot be merged, after the emails of the others are sent', async () => {
    unblocked = Promise.reject(new Error('refused'));
    unblocked.catch(() => undefined);
    crowd = minutesOf('p', 500);
    add('a', 3);
    const mails = open(0, { isPaused });
    expect(await take(mails)).toBe('aaa');
    await expect(mails.finish()).rejects.toThrow('refused');
  });
});

it('hasDueMails tells whether a run is worth a lease', async () => {
  expect(await hasDueMails(outbox, new Date(clock))).toBe(false);
  shared = [{ domainId: 'x', userId: 'u', mailId: 'm', dueAt: at(0), isShared: true }];
  expect(await hasDueMails(outbox, new Date(clock))).toBe(true);
  shared = [];
  add('a', 1);
  expect(await hasDueMails(outbox, new Date(clock))).toBe(true);
});
