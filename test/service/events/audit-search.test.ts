import { actorsOf } from '../../../shared/service/events/event-actors';
import type { RecordedChange } from '../../../shared/service/events/event-work';
import { MemoryAuditLog } from '../../support/events/memory-audit-log';

const D = '0190a1b2-0000-7000-8000-000000000001';
const START = Date.parse('2026-01-02T03:04:05.000Z');

const after = (ms: number): Date => new Date(START + ms);

const change = (userId: string, time: Date): RecordedChange => ({
  type: 'user.changed',
  subject: { type: 'user', id: userId },
  time: time.toISOString(),
  domainId: D,
  data: { userId, attributes: ['title'] },
  source: 'item',
  sequenceNumber: '1',
});

/** A change whose item does not have its time. The time of the record is in seconds. */
const deletion = (userId: string, ms: number): RecordedChange => ({
  ...change(userId, after(Math.floor(ms / 1_000) * 1_000)),
  type: 'user.deleted',
  data: { userId },
});

const clientsOf = async (log: MemoryAuditLog, changes: readonly RecordedChange[]) => {
  const actors = await actorsOf(changes, log);
  return changes.map((each) => actors.get(each)).map((actor) => actor?.name ?? actor?.kind);
};

/** Returns a log with changes of users at this rate, and the milliseconds at which they are. */
function busyLog(perSecond: number, seconds: number): { log: MemoryAuditLog; times: readonly number[] } {
  const log = new MemoryAuditLog();
  const times = Array.from(
    { length: perSecond * seconds },
    (_, at) => Math.floor((at * 1_000) / perSecond) + 1,
  );
  for (const ms of times) log.add(`user-${ms}`, after(ms), 'import');
  return { log, times };
}

describe('changes whose items have their time', () => {
  it.each([5, 25, 200])('read about one audit event each, at %s changes a second', async (perSecond) => {
    const { log, times } = busyLog(perSecond, 61);
    const middle = times.filter((ms) => ms > 30_000);
    const changes = middle.slice(0, 15).map((ms) => change(`user-${ms}`, after(ms)));
    expect(await clientsOf(log, changes)).toEqual(changes.map(() => 'import'));
    expect(log.read).toBeLessThanOrEqual(20);
  });

  it('read nothing between those that are far apart', async () => {
    const { log } = busyLog(100, 60);
    const changes = [5, 25_005, 50_005].map((ms) => change(`other-${ms}`, after(ms)));
    for (const { subject, time } of changes) log.add(subject.id, new Date(time), 'other');
    expect(await clientsOf(log, changes)).toEqual(['other', 'other', 'other']);
    expect(log.read).toBeLessThanOrEqual(3 * 10);
  });

  it('find the event of a request that was repeated for seconds, and not a closer one of another client', async () => {
    const { log } = busyLog(100, 60);
    log.add('ada', after(29_900), 'other');
    log.add('ada', after(30_005), 'patient', 9_000);
    log.add('ada', after(30_100), 'other');
    expect(await clientsOf(log, [change('ada', after(30_005))])).toEqual(['patient']);
  });

  it('have no actor if the log has no event of the resource', async () => {
    const { log } = busyLog(100, 60);
    const changes = Array.from({ length: 15 }, (_, at) => change(`gone-${at}`, after(30_001 + 10 * at)));
    expect(await clientsOf(log, changes)).toEqual(changes.map(() => 'unknown'));
    // Each part of the log is read once for all of them: first what follows, and then everything around.
    expect(log.read).toBeLessThanOrEqual((31 + 62) * 100);
  });
});

describe('changes that only have the time of their record', () => {
  it('read the log of three seconds', async () => {
    const { log } = busyLog(100, 61);
    log.add('ada', after(30_400), 'deleter');
    log.add('ada', after(35_000), 'later');
    expect(await clientsOf(log, [deletion('ada', 30_450)])).toEqual(['deleter']);
    expect(log.read).toBeLessThanOrEqual(3 * 100 + 2);
  });

  it('find an event whose id was created long before, at any rate', async () => {
    const { log } = busyLog(400, 61);
    log.add('ada', after(28_500), 'patient');
    log.add('ben', after(1_500), 'patient');
    expect(await clientsOf(log, [deletion('ada', 30_450), deletion('ben', 30_450)])).toEqual([
      'patient',
      'patient',
    ]);
  });

  it('were made by the sweep if the log has no event', async () => {
    const { log } = busyLog(5, 61);
    expect(await clientsOf(log, [deletion('ada', 30_450)])).toEqual(['sweep']);
  });
});
