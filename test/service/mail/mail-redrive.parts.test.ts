import type { RedrivePosition } from '../../../shared/service/mail/mail-redrive';
import { RedriveWorld } from '../../support/mail/redrive-world';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a redrive that takes longer than one call', () => {
  it('continues in each call, and replays each change once', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 50 });
    world.addDomains(95, 6);
    world.sendAbandonedRecords();
    const parts = await world.runAll();
    expect(parts.length).toBeGreaterThan(3);
    expect(sum(parts.map(({ mails }) => mails))).toBe(95 * 6);
    expect(new Set(world.due).size).toBe(95 * 6);
    expect(world.due).toHaveLength(95 * 6);
    expect(world.promoted.size).toBe(95);
    expect(parts.map(({ finished }) => finished)).toEqual([...parts.slice(1).map(() => false), true]);
    expect(parts.at(-1)).toMatchObject({ messages: 1, left: 0 });
  });

  it('continues within a domain that is larger than a call, also within a page', async () => {
    const world = new RedriveWorld({ pageMs: 1_000, mailMs: 8_000 });
    world.addDomains(1, 30);
    world.sendAbandonedRecords();
    const parts = await world.runAll();
    expect(world.due).toHaveLength(30);
    expect(sum(parts.map(({ mails }) => mails))).toBe(30);
    expect(parts.at(-1)).toMatchObject({ messages: 1, left: 0, finished: true });
  });

  it('removes no message before the last call', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 50 });
    world.addDomains(95, 6);
    for (let at = 0; at < 25; at++) world.sendAbandonedRecords();
    world.changeFailures.send('hello');
    const parts = await world.runAll(({ finished }) =>
      expect(world.changeFailures.messages).toHaveLength(finished ? 1 : 26),
    );
    expect(parts.map(({ left }) => left)).toEqual([...parts.slice(1).map(() => 26), 1]);
    expect(sum(parts.map(({ messages }) => messages))).toBe(25);
  });

  it('can repeat a call that failed', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 50 });
    world.addDomains(95, 6);
    world.sendAbandonedRecords();
    const { next } = await world.run();
    world.failAfter = 20;
    await expect(world.run(next)).rejects.toThrow('unreachable');
    expect(world.changeFailures.messages).toHaveLength(1);
    // The other licenses of the failed call end before the next call begins, because their emails fail too.
    await new Promise((resolve) => setImmediate(resolve));
    world.failAfter = Infinity;
    let part = await world.run(next);
    while (part.next) part = await world.run(part.next);
    expect(new Set(world.due).size).toBe(95 * 6);
    expect(world.due).toHaveLength(95 * 6);
    expect(world.changeFailures.messages).toEqual([]);
  });

  it('keeps messages that came later, unless their changes were in the table when the search began', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 50 });
    world.addDomains(95, 6);
    const began = world.clock.ms;
    world.sendAbandonedRecords(began - 60_000, began);
    const { next } = await world.run();
    world.sendAbandonedRecords(began - 30_000, began - 10_000);
    world.sendAbandonedRecords(began - 30_000, world.clock.ms);
    world.sendAbandonedRecords(began - 3_600_000);
    let part = await world.run(next);
    while (part.next) part = await world.run(part.next);
    expect(part).toMatchObject({ messages: 2, left: 2, finished: true });
    expect(world.changeFailures.messages).toHaveLength(2);
  });

  it('keeps all messages if a change waits for an earlier email that is being sent', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 50 });
    world.addDomains(95, 6);
    world.sendAbandonedRecords();
    world.isSending = true;
    const { next } = await world.run();
    world.isSending = false;
    let part = await world.run(next);
    while (part.next) part = await world.run(part.next);
    expect(part).toMatchObject({ messages: 0, left: 1, finished: true });
    world.clock.ms += 60_000;
    const parts = await world.runAll();
    expect(parts.at(-1)).toMatchObject({ messages: 1, left: 0 });
    expect(new Set(world.due).size).toBe(95 * 6);
    expect(world.due).toHaveLength(95 * 6);
  });

  it('continues with failed emails', async () => {
    const world = new RedriveWorld({ pageMs: 300, mailMs: 1_000 });
    world.mailFailures.send({ hello: 'world' });
    for (let at = 0; at < 60; at++) world.sendFailedMail(`failed-${at}`);
    const parts = await world.runAll();
    expect(parts.map(({ next }) => next?.phase)).toEqual(['mails', 'mails', undefined]);
    expect(sum(parts.map(({ mails }) => mails))).toBe(60);
    expect(parts.at(-1)).toMatchObject({ left: 1, finished: true });
    expect(world.mailFailures.messages).toHaveLength(1);
  });
});

it('a short redrive takes one call, and removes what it has received', async () => {
  const world = new RedriveWorld({ pageMs: 10, mailMs: 10 });
  world.addDomains(12, 2);
  world.sendAbandonedRecords();
  world.sendFailedMail('failed-1');
  expect(await world.run()).toEqual({ mails: 25, messages: 2, left: 0, finished: true });
  expect(world.changeFailures.messages).toEqual([]);
});

it('removes the messages in another call if the time is up before', async () => {
  const world = new RedriveWorld({ pageMs: 10, mailMs: 10 });
  world.addDomains(1, 1);
  world.sendAbandonedRecords();
  const position: RedrivePosition = {
    phase: 'changes',
    left: 0,
    waiting: 1,
    spans: [[0, world.clock.ms]],
    receivedAt: world.clock.ms,
    search: null,
  };
  // The messages are hidden for longer than this call may take.
  const part = await world.run(position);
  expect(part).toMatchObject({ finished: false, messages: 0, left: 1, next: position });
  world.clock.ms += 5_000;
  expect(await world.run(part.next)).toMatchObject({ finished: true, messages: 1, left: 0 });
});
