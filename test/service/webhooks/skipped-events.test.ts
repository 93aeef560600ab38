import { DAY, HOUR, MemoryWebhook } from './memory-webhook';

let webhook: MemoryWebhook;
beforeEach(() => {
  webhook = new MemoryWebhook();
});

const after = (days: number): string =>
  new Date(Date.parse('2026-01-01T00:00:00.000Z') + days * DAY).toISOString();
const isSkipped = (time: string): boolean => {
  const { skipped } = webhook.state;
  return skipped !== undefined && skipped.from <= time && time <= skipped.until;
};

describe('A webhook that is paused for longer than events are kept', () => {
  it('says from when until when events were skipped, and delivers the others', async () => {
    webhook.add('a');
    await webhook.run();
    webhook.time += DAY;
    const lost = webhook.add('a');
    webhook.time += 20 * DAY;
    const { id } = webhook.add('a');
    webhook.time += 15 * DAY;
    await webhook.run();
    expect(webhook.accepted).toEqual(['a-1', id]);
    expect(webhook.state.skipped).toMatchObject({
      from: after(0),
      until: after(6).replace('00:00:00', '01:00:00'),
    });
    expect(isSkipped(lost.time)).toBe(true);
    expect(webhook.noticed).toHaveLength(1);
  });

  it('notices it even if the feed is empty, once', async () => {
    const { time } = webhook.add('a');
    webhook.time += 31 * DAY;
    for (let run = 0; run < 3; run++) await webhook.run();
    expect(webhook.accepted).toEqual([]);
    expect(isSkipped(time)).toBe(true);
    expect(webhook.noticed).toHaveLength(1);
    const { id } = webhook.add('a');
    await webhook.run();
    expect(webhook.accepted).toEqual([id]);
    expect(webhook.noticed).toHaveLength(1);
  });

  it.each([true, false])(
    'skips its deferred events, even if the table keeps them: %s',
    async (keepsDeferred) => {
      webhook.keepsDeferred = keepsDeferred;
      webhook.respond = () => 500;
      webhook.add('a');
      webhook.time += HOUR;
      const { time } = webhook.add('b');
      await webhook.run();
      expect(webhook.deferred.size).toBe(2);
      webhook.time += 31 * DAY;
      webhook.respond = () => 204;
      await webhook.run();
      expect(webhook.accepted).toEqual([]);
      expect([after(0), time].map(isSkipped)).toEqual([true, true]);
      expect(webhook.noticed).toHaveLength(1);
    },
  );

  it('skips nothing if all events were delivered', async () => {
    webhook.add('a');
    await webhook.run();
    webhook.time += 100 * DAY;
    webhook.add('a');
    await webhook.run();
    expect(webhook.accepted).toHaveLength(2);
    expect(webhook.state.skipped).toBeUndefined();
  });

  it('skips nothing within the time', async () => {
    for (const subject of ['a', 'b', 'c']) webhook.add(subject);
    webhook.time += 29 * DAY;
    await webhook.run();
    expect(webhook.accepted).toHaveLength(3);
    expect(webhook.state.skipped).toBeUndefined();
  });

  it('notices it again after a crash', async () => {
    const { time } = webhook.add('a');
    webhook.time += 31 * DAY;
    let writes = 0;
    webhook.beforeWrite = () => {
      if (writes++ === 1) throw new Error('killed');
    };
    webhook.add('b');
    await expect(webhook.run()).rejects.toThrow('killed');
    webhook.beforeWrite = () => {};
    await webhook.run();
    expect(isSkipped(time)).toBe(true);
    expect(webhook.accepted).toContain('b-2');
  });
});

it('events that are gone after a restore of the table are skipped until the next event', async () => {
  webhook.add('a');
  await webhook.run();
  webhook.time += HOUR;
  const { time } = webhook.add('a');
  // The events between were undone, so the feed continues at a later position.
  webhook.events.push({ ...webhook.add('b'), position: 100_000_001, id: 'b-later' });
  webhook.events.splice(1, 2);
  webhook.time += HOUR;
  await webhook.run();
  expect(webhook.accepted).toEqual(['a-1', 'b-later']);
  expect(webhook.state.skipped).toMatchObject({ from: after(0) });
  expect(isSkipped(time)).toBe(true);
});

describe('Dead letters', () => {
  /** Gives up an event of each of three days. */
  async function giveUp() {
    webhook.respond = () => 500;
    const times: string[] = [];
    for (let day = 0; day < 3; day++) {
      times.push(webhook.add(`user${day}`).time);
      await webhook.runUntil(webhook.time + 2 * DAY);
    }
    webhook.respond = () => 204;
    expect(webhook.dead.size).toBe(3);
    return times;
  }

  it('that nobody replays in time are skipped', async () => {
    const times = await giveUp();
    webhook.time += 60 * DAY;
    webhook.add('b');
    await webhook.run();
    expect(times.map(isSkipped)).toEqual([true, true, true]);
    expect(webhook.state.givenUp).toBeUndefined();
    webhook.time += 60 * DAY;
    webhook.add('b');
    await webhook.run();
    expect(webhook.noticed).toHaveLength(1);
  });

  it('of which some can still be replayed are skipped one after the other', async () => {
    const times = await giveUp();
    webhook.time = Date.parse(times[1] ?? '') + 30 * DAY + HOUR;
    webhook.add('b');
    await webhook.run();
    expect(times.map(isSkipped)).toEqual([true, true, false]);
    webhook.time += 2 * DAY;
    webhook.add('b');
    await webhook.run();
    expect(times.map(isSkipped)).toEqual([true, true, true]);
  });

  it('that were replayed are not skipped', async () => {
    await giveUp();
    webhook.state = { ...webhook.state, givenUp: undefined };
    webhook.time += 60 * DAY;
    webhook.add('b');
    await webhook.run();
    expect(webhook.state.skipped).toBeUndefined();
  });
});
