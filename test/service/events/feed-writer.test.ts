import fc from 'fast-check';
import type { ChangeEvent } from '../../../shared/events/event';
import {
  joinEventWork,
  type EventWork,
  type RecordedChange,
} from '../../../shared/service/events/event-work';
import { writeEvents } from '../../../shared/service/events/feed-writer';
import type { FeedLog, FeedReading, MemberState, SubjectState } from '../../../shared/store/events/feed-log';
import type { ItemKey } from '../../../shared/store/table/keys';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { MemoryAuditLog } from '../../support/events/memory-audit-log';

const D = '0190a1b2-0000-7000-8000-000000000001';
const AT = '2026-01-02T03:04:05.678Z';

const nameOf = ({ type, id }: SubjectState['subject']) => `${type}#${id}`;

/** A feed in memory. An append can fail before or after it has written. */
class MemoryFeed implements Pick<FeedLog, 'read' | 'append'> {
  readonly events: ChangeEvent[] = [];
  readonly items: ItemKey[] = [];
  exists = true;
  start: number | undefined;
  fault: 'none' | 'before' | 'after' = 'none';
  private subjects = new Map<string, SubjectState>();
  private members = new Map<string, MemberState>();

  read(): Promise<FeedReading | undefined> {
    if (!this.exists) return Promise.resolve(undefined);
    return Promise.resolve({
      end: { position: this.events.length, recordedAt: AT, start: this.start },
      subjects: [...this.subjects.values()],
      members: [...this.members.values()],
      others: this.items,
    });
  }

  append(
    ...[, end, events, { subjects, members }]: Parameters<FeedLog['append']>
  ): ReturnType<FeedLog['append']> {
    const { fault } = this;
    this.fault = 'none';
    if (fault === 'before') return Promise.reject(new VersionConflict());
    if (end.position !== this.events.length) return Promise.reject(new VersionConflict());
    this.events.push(...events.map(({ notice }) => JSON.parse(notice) as ChangeEvent));
    for (const each of subjects) this.subjects.set(nameOf(each.subject), each);
    for (const each of members) this.members.set(`${each.groupId}#${each.userId}`, each);
    return fault === 'after'
      ? Promise.reject(new Error('The response was lost.'))
      : Promise.resolve({ position: this.events.length, recordedAt: AT });
  }
}

const write = (
  log: MemoryFeed,
  changes: readonly RecordedChange[],
  { auditEvents } = new MemoryAuditLog(),
): Promise<number> => {
  const work: EventWork = { domainId: D, changes };
  return writeEvents(work, { log, auditEvents, now: () => new Date(AT) });
};

const changed = (
  userId: string,
  sequenceNumber: number,
  more: Partial<RecordedChange> = {},
): RecordedChange => ({
  type: 'user.changed',
  subject: { type: 'user', id: userId },
  time: AT,
  domainId: D,
  data: { userId, attributes: [String(sequenceNumber)] },
  source: 'item',
  sequenceNumber: String(sequenceNumber),
  ...more,
});

const member = (userId: string, sequenceNumber: number, adds = true): RecordedChange => ({
  type: adds ? 'group.membersAdded' : 'group.membersRemoved',
  subject: { type: 'groupMembers', id: 'g' },
  time: AT,
  domainId: D,
  data: { groupId: 'g', userIds: [userId] },
  source: userId,
  sequenceNumber: String(sequenceNumber),
});

it('changes of members in a row are one event, and no user is in it twice', async () => {
  const log = new MemoryFeed();
  await write(log, [
    member('a', 1),
    member('b', 2),
    changed('a', 3),
    member('c', 4),
    member('a', 5, false),
    member('a', 6),
  ]);
  expect(log.events.map(({ type, data }) => [type, data])).toEqual([
    ['group.membersAdded', { groupId: 'g', userIds: ['a', 'b', 'c'] }],
    ['user.changed', { userId: 'a', attributes: ['3'] }],
    ['group.membersRemoved', { groupId: 'g', userIds: ['a'] }],
    ['group.membersAdded', { groupId: 'g', userIds: ['a'] }],
  ]);
});

it('the memberships of a deleted group end without events', async () => {
  const log = new MemoryFeed();
  const audit = new MemoryAuditLog();
  await write(log, [member('a', 1)]);
  const deleted = changed('g', 2, {
    type: 'group.deleted',
    subject: { type: 'group', id: 'g' },
    data: { groupId: 'g' },
  });
  await write(log, [deleted, member('a', 3, false)]);
  audit.add('g', new Date(AT), 'client');
  await write(log, [member('b', 4, false)], audit);
  expect(log.events.map(({ type }) => type)).toEqual(['group.membersAdded', 'group.deleted']);
  // Nobody needs to know who removed them.
  expect(audit.read).toBe(0);
});

it('a change has no event if an item gives it another meaning', async () => {
  const log = new MemoryFeed();
  const key = { pk: `DOMAIN#${D}`, sk: 'KEY#c' };
  const created = changed('c', 1, {
    type: 'connection.created',
    subject: { type: 'connection', id: 'c' },
    data: { connectionId: 'c' },
    unless: key,
  });
  log.items.push(key);
  expect(await write(log, [created])).toBe(0);
  log.items.length = 0;
  // The change was seen, so it becomes no event later.
  expect(await write(log, [created])).toBe(0);
  expect(await write(log, [{ ...created, sequenceNumber: '2' }])).toBe(1);
});

it('nothing is written without a feed', async () => {
  const log = new MemoryFeed();
  log.exists = false;
  expect(await write(log, [changed('a', 1)])).toBe(0);
  expect(log.events).toEqual([]);
});

it('the audit event of the same resource and time names the actor, or else the closest one', async () => {
  const log = new MemoryFeed();
  const audit = new MemoryAuditLog();
  audit.add('a', new Date('2026-01-02T03:04:05.000Z'), 'earlier');
  audit.add('a', new Date(AT), 'exact');
  audit.add('b', new Date('2026-01-02T03:04:04.000Z'), 'close');
  audit.add('b', new Date('2026-01-02T03:03:55.000Z'), 'far');
  audit.add('c', new Date('2026-01-02T03:00:00.000Z'), 'too far');
  await write(
    log,
    [
      changed('a', 1),
      changed('b', 2),
      changed('c', 3),
      changed('d', 4, { type: 'user.deleted', data: { userId: 'd' } }),
      changed('e', 5, { actor: { kind: 'admin', id: 'x' } }),
    ],
    audit,
  );
  expect(log.events.map(({ actor }) => actor)).toEqual([
    { kind: 'scimKey', id: 'exact', name: 'exact' },
    { kind: 'scimKey', id: 'close', name: 'close' },
    { kind: 'unknown' },
    { kind: 'system', name: 'sweep' },
    { kind: 'admin', id: 'x' },
  ]);
});

it('each change is written once, in the order of its subject, whatever is delivered again and fails', async () => {
  const deliveries = fc.array(
    fc.record({
      // A delivery starts again at most this many changes before the first one that was not accepted.
      back: fc.integer({ min: 0, max: 6 }),
      // Several messages are joined. Each may repeat the last changes of the one before it.
      messages: fc.array(
        fc.record({ back: fc.integer({ min: 0, max: 3 }), size: fc.integer({ min: 1, max: 8 }) }),
        { minLength: 1, maxLength: 3 },
      ),
      fault: fc.constantFrom('none', 'none', 'before', 'after'),
    } as const),
    { minLength: 1, maxLength: 40 },
  );
  const subjects = fc.array(fc.constantFrom('a', 'b', 'c', 'm1', 'm2'), { minLength: 10, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(deliveries, subjects, async (rounds, ids) => {
      const log = new MemoryFeed();
      const memberAdds = new Map<string, boolean>();
      const changes = ids.map((id, at) => {
        if (!id.startsWith('m')) return changed(id, at + 1);
        memberAdds.set(id, !memberAdds.get(id));
        return member(id, at + 1, memberAdds.get(id));
      });
      let accepted = 0;
      const deliver = async (slices: readonly (readonly [number, number])[], fault: MemoryFeed['fault']) => {
        log.fault = fault;
        const works = slices.map(([from, to]): EventWork => ({
          domainId: D,
          changes: changes.slice(from, to),
        }));
        const joined = works.reduce((one, next) => joinEventWork(one, next) ?? one);
        await write(log, joined.changes).then(
          () => (accepted = Math.max(accepted, ...slices.map(([, to]) => to))),
          () => undefined,
        );
      };
      for (const { back, messages, fault } of rounds) {
        let from = Math.max(0, accepted - back);
        const slices = messages.map(({ back: repeated, size }) => {
          const start = Math.max(0, from - repeated);
          return [start, (from = start + size)] as const;
        });
        await deliver(slices, fault);
      }
      await deliver([[accepted, changes.length]], 'none');

      for (const id of ['a', 'b', 'c']) {
        const of = log.events.filter(({ subject }) => subject.id === id);
        expect(of.map(({ sequence }) => sequence)).toEqual(of.map((_, at) => at + 1));
        expect(of.map(({ data }) => ('attributes' in data ? data.attributes[0] : undefined))).toEqual(
          changes.filter(({ subject }) => subject.id === id).map(({ sequenceNumber }) => sequenceNumber),
        );
      }
      for (const id of ['m1', 'm2']) {
        const of = log.events.filter(({ data }) => 'userIds' in data && data.userIds.includes(id));
        expect(of.map(({ type }) => type)).toEqual(
          changes.filter(({ source }) => source === id).map(({ type }) => type),
        );
      }
      expect(new Set(log.events.map(({ id }) => id)).size).toBe(log.events.length);
    }),
  );
});

const arnOf = (table: string, label = '2026-11-29T03:00:00.000') =>
  `arn:aws:dynamodb:us-east-1:000000000000:table/${table}/stream/${label}`;

const writeFrom = (log: MemoryFeed, streamArn: string, changes: readonly RecordedChange[]): Promise<number> =>
  writeEvents(
    { domainId: D, streamArn, changes },
    { log, auditEvents: new MemoryAuditLog().auditEvents, now: () => new Date(AT) },
  );

it('changes of a restored table become events although the numbers of its stream are smaller', async () => {
  const log = new MemoryFeed();
  const group = changed('g', 1, { type: 'group.created', subject: { type: 'group', id: 'g' } });
  await writeFrom(log, arnOf('first'), [changed('a', 900), member('b', 901)]);
  await writeFrom(log, arnOf('restored'), [group, changed('a', 2), member('b', 3, false)]);
  expect(log.events.map(({ type }) => type)).toEqual([
    ...['user.changed', 'group.membersAdded'],
    ...['group.created', 'user.changed', 'group.membersRemoved'],
  ]);
  // The stream repeats its records.
  expect(await writeFrom(log, arnOf('restored'), [changed('a', 2), member('b', 3, false)])).toBe(0);
});

it('a stream that is turned off and on again has numbers of its own, too', async () => {
  const log = new MemoryFeed();
  await writeFrom(log, arnOf('table'), [changed('a', 900)]);
  expect(await writeFrom(log, arnOf('table', '2026-11-30T00:00:00.000'), [changed('a', 1)])).toBe(1);
});

it('changes that an earlier version has written are not written again', async () => {
  const log = new MemoryFeed();
  await write(log, [changed('a', 5), member('b', 6)]);
  expect(await writeFrom(log, arnOf('table'), [changed('a', 5), member('b', 6)])).toBe(0);
  expect(await writeFrom(log, arnOf('table'), [changed('a', 7), member('b', 8, false)])).toBe(2);
});

it('after a restore, the sequences of all subjects continue after the start of the feed', async () => {
  const log = new MemoryFeed();
  await writeFrom(log, arnOf('first'), [changed('a', 1)]);
  log.start = 100_000_001;
  await writeFrom(log, arnOf('restored'), [changed('a', 1), changed('b', 2), changed('a', 3)]);
  expect(log.events.map(({ subject, sequence }) => [subject.id, sequence])).toEqual([
    ['a', 1],
    ['a', 100_000_002],
    ['b', 100_000_002],
    ['a', 100_000_003],
  ]);
});
