import fc from 'fast-check';
import { DAY, HOUR, MemoryWebhook } from './memory-webhook';

let webhook: MemoryWebhook;
beforeEach(() => {
  webhook = new MemoryWebhook();
});

const subjectOf = (id: string): string => id.replace(/-\d+$/, '');
const attemptsOf = (id: string) => webhook.log.filter(({ eventId }) => eventId === id);

describe('A working endpoint', () => {
  it('gets all events in the order of the feed', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => webhook.add(`user${at % 7}`).id);
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(webhook.accepted).toEqual(ids);
    expect(webhook.state.position).toBe(60);
  });

  it('gets only the events of its types', async () => {
    webhook.add('a', 'user.created');
    webhook.add('a', 'group.created');
    const { id } = webhook.add('b', 'group.created');
    webhook.accepts = (type) => type === 'group.created';
    await webhook.run();
    expect(webhook.accepted).toEqual(['a-2', id]);
    expect(webhook.state.position).toBe(3);
  });

  it('gets the rest in the next run if the time is up', async () => {
    for (let at = 0; at < 30; at++) webhook.add('a');
    webhook.budgetMs = 100;
    expect(await webhook.run()).toMatchObject({ end: 'unfinished' });
    expect(webhook.accepted).toHaveLength(10);
    webhook.budgetMs = 60_000;
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(webhook.accepted).toEqual(webhook.events.map(({ id }) => id));
  });

  it('gets the rest in the next run if the time is up among events that it does not want', async () => {
    for (let at = 0; at < 30; at++) webhook.add('a', 'group.created');
    const { id } = webhook.add('a');
    webhook.accepts = (type) => {
      webhook.time += 10;
      return type === 'user.changed';
    };
    webhook.budgetMs = 100;
    expect(await webhook.run()).toMatchObject({ end: 'unfinished' });
    webhook.budgetMs = 60_000;
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(webhook.accepted).toEqual([id]);
  });

  it('gets more replayed events than a run keeps in memory, and new events of their subjects after them', async () => {
    const replayed = Array.from({ length: 1_200 }, (_, at) => webhook.add(`user${at}`));
    for (const { position, id: eventId, type, subject, time, ttl } of replayed)
      webhook.deferred.set(position, { position, eventId, type, subject, time, ttl, attempts: 0 });
    webhook.state = { ...webhook.state, position: replayed.length };
    const { id } = webhook.add('user1199');
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(webhook.accepted).toEqual([...replayed.map((event) => event.id), id]);
    expect(webhook.deferred.size).toBe(0);
  });
});

describe('A run that loses its lease', () => {
  it('begins no attempt after the next save', async () => {
    for (let at = 0; at < 300; at++) webhook.add('a');
    webhook.respond = () => {
      webhook.hasLease = false;
      return 204;
    };
    expect(await webhook.run()).toMatchObject({ end: 'lost' });
    // Each takes 10 milliseconds.
    expect(webhook.accepted).toHaveLength(100);
  });

  it('while it passes events that it does not want begins no attempt either', async () => {
    for (let at = 0; at < 300; at++) webhook.add('a', 'group.created');
    webhook.add('a');
    webhook.accepts = (type) => {
      webhook.time += 10;
      webhook.hasLease = false;
      return type === 'user.changed';
    };
    expect(await webhook.run()).toMatchObject({ end: 'lost' });
    expect(webhook.accepted).toEqual([]);
  });
});

describe('An event that the endpoint refuses', () => {
  beforeEach(() => {
    for (const subject of ['bad', 'good', 'bad', 'good', 'other']) webhook.add(subject);
    webhook.respond = ({ subject }) => (subject === 'bad' ? 500 : 204);
  });

  it('delays only the events of its subject', async () => {
    expect(await webhook.run()).toMatchObject({ end: 'parked' });
    expect(webhook.accepted).toEqual(['good-2', 'good-4', 'other-5']);
    expect(attemptsOf('bad-1')).toHaveLength(1);
    expect(attemptsOf('bad-3')).toHaveLength(0);
  });

  it('is tried again with growing delays, and before later events of its subject', async () => {
    await webhook.runUntil(webhook.time + HOUR);
    const times = attemptsOf('bad-1').map(({ at }) => Date.parse(at));
    const delays = times.slice(1).map((time, at) => Math.floor((time - (times[at] ?? 0)) / 1_000));
    expect(delays).toEqual([5, 30, 120, 300, 900, 1_800]);
    webhook.respond = () => 204;
    await webhook.runUntil(webhook.time + HOUR);
    expect(webhook.accepted.slice(3)).toEqual(['bad-1', 'bad-3']);
    expect(webhook.deferred.size).toBe(0);
  });

  it('is tried at once if an administrator asks for it', async () => {
    await webhook.runUntil(webhook.time + HOUR);
    webhook.respond = () => 204;
    await webhook.run();
    expect(webhook.accepted).toHaveLength(3);
    webhook.retries = 1;
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(webhook.accepted.slice(3)).toEqual(['bad-1', 'bad-3']);
  });

  it('becomes a dead letter after 24 hours, and later events of its subject are tried', async () => {
    const start = webhook.time;
    await webhook.runUntil(start + DAY + 2 * HOUR);
    expect([...webhook.dead.keys()]).toEqual([1, 3]);
    const [letter] = webhook.dead.values();
    const failedAt = Date.parse(letter?.failedAt ?? '') - start;
    expect(failedAt).toBeGreaterThanOrEqual(DAY);
    expect(failedAt).toBeLessThan(DAY + 2 * HOUR);
    expect(letter).toMatchObject({ eventId: 'bad-1', error: 'status 500' });
    expect(attemptsOf('bad-3').length).toBeGreaterThan(0);
    expect(webhook.deferred.size).toBe(0);
    expect(webhook.accepted).toEqual(['good-2', 'good-4', 'other-5']);
  });

  it('does not stop new events', async () => {
    await webhook.runUntil(webhook.time + 2 * HOUR);
    const { id } = webhook.add('new');
    await webhook.run();
    expect(webhook.accepted.at(-1)).toBe(id);
  });
});

describe('An endpoint that hangs', () => {
  beforeEach(() => {
    for (let at = 0; at < 50; at++) webhook.add(`user${at}`);
    webhook.respond = () => 'hangs';
  });

  it('is tried once, and then left alone', async () => {
    const { end } = await webhook.run();
    expect(end).toBe('parked');
    expect(webhook.log).toHaveLength(1);
    expect(Date.parse(webhook.state.pausedUntil ?? '') - webhook.time).toBe(5_000);
    await webhook.run();
    expect(webhook.log).toHaveLength(1);
  });

  it('takes little time in a day', async () => {
    await webhook.runUntil(webhook.time + DAY);
    expect(webhook.log.length).toBeLessThan(40);
  });

  it('gets everything in order when it works again', async () => {
    await webhook.runUntil(webhook.time + 5 * HOUR);
    for (let at = 0; at < 10; at++) webhook.add(`user${at}`);
    webhook.respond = () => 204;
    await webhook.runUntil(webhook.time + 2 * HOUR);
    expect([...webhook.accepted].sort()).toEqual(webhook.events.map(({ id }) => id).sort());
    expect(webhook.deferred.size).toBe(0);
    expect(webhook.state).toMatchObject({ failures: 0, position: 60 });
    expect(webhook.state.pausedUntil).toBeUndefined();
  });

  it('turns events into dead letters after 24 hours, and keeps younger ones', async () => {
    await webhook.runUntil(webhook.time + 20 * HOUR);
    const young = webhook.add('young');
    await webhook.runUntil(webhook.time + 6 * HOUR);
    expect(webhook.dead.size).toBe(50);
    expect(webhook.dead.has(young.position)).toBe(false);
    webhook.respond = () => 204;
    await webhook.runUntil(webhook.time + 2 * HOUR);
    expect(webhook.accepted).toEqual([young.id]);
  });
});

describe('An endpoint that refuses everything', () => {
  it('is left alone after five failures in a row', async () => {
    for (let at = 0; at < 20; at++) webhook.add(`user${at}`);
    webhook.respond = () => 500;
    expect(await webhook.run()).toMatchObject({ end: 'parked' });
    expect(webhook.log).toHaveLength(5);
    await webhook.runUntil(webhook.time + HOUR);
    webhook.respond = () => 200;
    await webhook.runUntil(webhook.time + 2 * HOUR);
    expect([...webhook.accepted].sort()).toEqual(webhook.events.map(({ id }) => id).sort());
  });

  it('is found to work by a new event, although the refused ones fail again', async () => {
    for (let at = 0; at < 5; at++) webhook.add(`bad${at}`);
    webhook.respond = ({ subject }) => (subject.startsWith('bad') ? 500 : 200);
    await webhook.run();
    expect(webhook.state.pausedUntil).toBeDefined();
    const good = [webhook.add('good'), webhook.add('good')].map(({ id }) => id);
    await webhook.runUntil(webhook.time + 60_000);
    expect(webhook.accepted).toEqual(good);
    expect(webhook.state.pausedUntil).toBeUndefined();
  });
});

/** The order in which the first deliveries of each subject arrived. */
function firstDeliveries(): Map<string, string[]> {
  const bySubject = new Map<string, string[]>();
  for (const id of new Set(webhook.accepted)) {
    const subject = subjectOf(id);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), id]);
  }
  return bySubject;
}

describe('Whatever an endpoint does, and whenever a run crashes', () => {
  const RUNS = Number(process.env.WEBHOOK_RUNS ?? 150);

  it('each event arrives in the order of its subject, or becomes a dead letter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            subject: fc.constantFrom('a', 'b', 'c', 'd'),
            responses: fc.array(fc.constantFrom<200 | 500 | 'hangs'>(200, 500, 'hangs'), { maxLength: 4 }),
            pause: fc.constantFrom(0, 1_000, HOUR, 7 * HOUR),
          }),
          { maxLength: 25 },
        ),
        fc.array(fc.nat(60), { maxLength: 4 }),
        fc.constantFrom(1, 3),
        async (steps, crashes, most) => {
          webhook = new MemoryWebhook();
          webhook.channel = { ...webhook.channel, fits: ({ length }) => length <= most };
          const responses = new Map<string, (200 | 500 | 'hangs')[]>();
          webhook.respond = ({ id }) => responses.get(id)?.shift() ?? 200;
          let writes = 0;
          const crashAt = new Set(crashes);
          webhook.beforeWrite = () => {
            if (crashAt.delete(writes++)) throw new Error('crash');
          };
          const run = () => webhook.runUntil(webhook.time).catch(() => {});
          for (const { subject, responses: each, pause } of steps) {
            responses.set(webhook.add(subject).id, [...each]);
            await run();
            webhook.time += pause;
          }
          for (let round = 0; round < 6; round++)
            await webhook.runUntil(webhook.time + 10 * HOUR).catch(() => {});
          const dead = [...webhook.dead.values()].map(({ eventId }) => eventId);
          expect(new Set([...webhook.accepted, ...dead])).toEqual(
            new Set(webhook.events.map(({ id }) => id)),
          );
          for (const [subject, ids] of firstDeliveries()) {
            const expected = webhook.events.filter(
              (event) => event.subject === subject && webhook.accepted.includes(event.id),
            );
            expect(ids).toEqual(expected.map(({ id }) => id));
          }
          expect(webhook.deferred.size).toBe(0);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('A channel whose requests have several events', () => {
  const requests: string[][] = [];
  beforeEach(() => {
    requests.length = 0;
    const { deliver } = webhook.channel;
    webhook.channel = {
      fits: (events) => events.length <= 3,
      deliver: (events) => {
        requests.push(events.map(({ id }) => id));
        return deliver(events);
      },
    };
  });

  it('gets as many as fit, with one event of each subject', async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'd', 'e']) webhook.add(subject);
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(requests).toEqual([['a-1', 'b-2', 'c-3'], ['d-4'], ['d-5', 'e-6']]);
    expect(webhook.state.position).toBe(6);
  });

  it('skips events of other types', async () => {
    webhook.add('a');
    webhook.add('b', 'group.created');
    webhook.add('c');
    webhook.add('d', 'group.created');
    webhook.accepts = (type) => type === 'user.changed';
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect(requests).toEqual([['a-1', 'c-3']]);
    expect(webhook.state.position).toBe(4);
  });

  it('gets only those events again that it did not accept', async () => {
    for (const subject of ['a', 'b', 'c', 'b']) webhook.add(subject);
    webhook.respond = ({ subject }) => (subject === 'b' ? 500 : 204);
    expect(await webhook.run()).toMatchObject({ end: 'parked' });
    expect(requests).toEqual([['a-1', 'b-2', 'c-3']]);
    webhook.respond = () => 204;
    await webhook.runUntil(webhook.time + HOUR);
    expect(webhook.accepted).toEqual(['a-1', 'c-3', 'b-2', 'b-4']);
    expect(webhook.deferred.size).toBe(0);
  });

  it('is left alone after one request if it is down, and then tried with one event', async () => {
    for (const subject of ['a', 'b', 'c', 'd']) webhook.add(subject);
    webhook.respond = () => 'hangs';
    expect(await webhook.run()).toMatchObject({ end: 'parked' });
    expect(requests).toEqual([['a-1', 'b-2', 'c-3']]);
    webhook.time = Date.parse(webhook.state.parkedUntil ?? '');
    webhook.respond = () => 204;
    await webhook.run();
    expect(requests[1]).toHaveLength(1);
    expect([...webhook.accepted].sort()).toEqual(['a-1', 'b-2', 'c-3', 'd-4']);
  });

  it('turns an event that it can never accept into a dead letter at once', async () => {
    for (const subject of ['a', 'b', 'a']) webhook.add(subject);
    const { deliver } = webhook.channel;
    webhook.channel = {
      ...webhook.channel,
      deliver: async (events) => {
        const results = await deliver(events);
        return results.map((result, at) =>
          events[at]?.id === 'a-1'
            ? { durationMs: 0, delivered: false, error: 'too large', isFinal: true }
            : result,
        );
      },
    };
    expect(await webhook.run()).toMatchObject({ end: 'idle' });
    expect([...webhook.dead.values()]).toMatchObject([{ eventId: 'a-1', error: 'too large', attempts: 1 }]);
    expect(requests).toEqual([['a-1', 'b-2'], ['a-3']]);
    expect(webhook.state).toMatchObject({ position: 3, failures: 0 });
    expect(webhook.state.failingSince).toBeUndefined();
  });
});
