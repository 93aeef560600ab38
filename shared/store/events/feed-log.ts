import type { EventSubject } from '../../events/event';
import type { EventType } from '../../events/event-types';
import { eventKey, eventSubjectKey, feedStateKey, memberSourceKey } from '../table/event-keys';
import type { ItemKey } from '../table/keys';
import {
  keyOf,
  number,
  optionalFlag,
  optionalNumber,
  optionalText,
  text,
  type Item,
} from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { EVENT_RETENTION_DAYS, type EventScope } from './event-feed';

const DAY_SECONDS = 86_400;
/** A message about a change is delivered for at most two weeks after the stream, which keeps it for a day. */
const ENDED_SUBJECT_DAYS = 60;

/** The end of a feed. */
export interface FeedEnd {
  /** The position of the last event; 0 if there is none. */
  readonly position: number;
  /** The time at which the last event was written: RFC 3339, UTC. */
  readonly recordedAt: string;
  /** The position after which the feed begins, and the sequences of its subjects continue. @default 0 */
  readonly start?: number;
}

/** The state of a subject in a feed. */
export interface SubjectState {
  readonly subject: EventSubject;
  /** The number of its events. */
  readonly sequence: number;
  /**
   * The changes that were written last, by the sources of the subject: their sequence numbers, with the tag
   * of the stream.
   */
  readonly seen: Readonly<Record<string, string>>;
  /** True if the subject has no more events: its group is deleted. */
  readonly isEnded: boolean;
  /**
   * True if the subject itself is deleted, or has only one event, so that its state is not needed forever.
   */
  readonly expires: boolean;
}

/** The state of one member of a group in a feed. */
export interface MemberState {
  readonly groupId: string;
  readonly userId: string;
  readonly seen: string;
}

/** An event as it is appended. */
export interface AppendedEvent {
  readonly id: string;
  readonly type: EventType;
  readonly domainId: string;
  readonly notice: string;
  readonly content?: string;
}

/** The state that is read before events are appended. */
export interface FeedReading {
  readonly end: FeedEnd;
  readonly subjects: readonly SubjectState[];
  readonly members: readonly MemberState[];
  /** The items of `others` that exist. */
  readonly others: readonly ItemKey[];
}

export interface FeedKeys {
  readonly subjects: readonly EventSubject[];
  readonly members: readonly Omit<MemberState, 'seen'>[];
  readonly others: readonly ItemKey[];
}

/** Appends events to feeds. Each scope has one writer at a time, but a late one does no harm. */
export class FeedLog {
  constructor(private readonly table: Table) {}

  /** Returns the state of a feed, and of those subjects that have one; undefined if the scope has no feed. */
  async read(scope: EventScope, { subjects, members, others }: FeedKeys): Promise<FeedReading | undefined> {
    const bySortKey = new Map(subjects.map((subject) => [subjectKey(scope, subject).sk, subject]));
    const memberBySortKey = new Map(members.map((member) => [memberKey(scope, member).sk, member]));
    const keys = [
      feedStateKey(scope),
      ...subjects.map((subject) => subjectKey(scope, subject)),
      ...members.map((member) => memberKey(scope, member)),
      ...others,
    ];
    const items = await this.table.getAll(distinct(keys));
    const ofFeed = items.filter(({ pk }) => pk === feedStateKey(scope).pk);
    const state = ofFeed.find(({ sk }) => sk === feedStateKey(scope).sk);
    if (!state) return undefined;
    return {
      end: readEnd(state),
      subjects: ofFeed.flatMap((item) => {
        const subject = bySortKey.get(keyOf(item).sk);
        return subject ? [readSubject(subject, item)] : [];
      }),
      members: ofFeed.flatMap((item) => {
        const member = memberBySortKey.get(keyOf(item).sk);
        return member ? [{ ...member, seen: text(item, 'seen') }] : [];
      }),
      others: items.filter(({ pk }) => pk !== feedStateKey(scope).pk).map(keyOf),
    };
  }

  /**
   * Appends events in their order, with the new states of their subjects. Throws `VersionConflict` if the
   * feed has changed since `end` was read, or does not exist anymore. Then nothing is written.
   */
  async append(
    scope: EventScope,
    end: FeedEnd,
    events: readonly AppendedEvent[],
    { subjects, members }: Pick<FeedReading, 'subjects' | 'members'>,
    now: Date,
  ): Promise<FeedEnd> {
    const at = now.toISOString();
    // Times of a feed never decrease, so that a time finds its position.
    const recordedAt = at > end.recordedAt ? at : end.recordedAt;
    const position = end.position + events.length;
    const conditionError = () => new VersionConflict();
    const seconds = Math.floor(Date.parse(recordedAt) / 1000);
    const ttl = seconds + EVENT_RETENTION_DAYS * DAY_SECONDS;
    const endedTtl = seconds + ENDED_SUBJECT_DAYS * DAY_SECONDS;
    const writes: Write[] = [
      {
        update: feedStateKey(scope),
        set: { position, recordedAt },
        condition: { expression: '#position = :before', values: { before: end.position } },
        conditionError,
      },
      ...events.map((event, at) => ({
        put: { ...eventKey(scope, end.position + 1 + at), ...event, recordedAt, ttl },
        condition: ITEM_IS_ABSENT,
        conditionError,
      })),
      ...subjects.map(({ subject, sequence, seen, isEnded, expires }) => ({
        put: {
          ...subjectKey(scope, subject),
          sequence,
          seen,
          ...(isEnded && { isEnded }),
          ...((isEnded || expires) && { ttl: endedTtl }),
        },
      })),
      ...members.map((member) => ({
        put: { ...memberKey(scope, member), seen: member.seen, ttl: endedTtl },
      })),
    ];
    await this.table.transact(writes);
    return { ...end, position, recordedAt };
  }

  /**
   * Begins a feed anew in a restored table, with larger positions and sequences than its readers can know.
   * Does so once for each table. Returns false if it was done before, or if the scope has no feed.
   */
  async restart(scope: EventScope, now: Date): Promise<boolean> {
    const state = await this.table.get(feedStateKey(scope));
    const { name } = this.table;
    if (!state || optionalText(state, 'restartedIn') === name) return false;
    const before = readEnd(state);
    const position = before.position + RESTART_GAP;
    const at = now.toISOString();
    const recordedAt = at > before.recordedAt ? at : before.recordedAt;
    const { written } = await this.table.update(
      feedStateKey(scope),
      { set: { position, recordedAt, start: position, restartedIn: name } },
      { condition: { expression: '#position = :before', values: { before: before.position } } },
    );
    return written;
  }
}

/** More events than a feed has in the time that a restored table can lack. */
const RESTART_GAP = 100_000_000;

function readEnd(state: Item): FeedEnd {
  const start = optionalNumber(state, 'start');
  return {
    position: number(state, 'position'),
    recordedAt: text(state, 'recordedAt'),
    ...(start !== undefined && { start }),
  };
}

/**
 * Returns the write that counts a new subscription of a scope, and creates the feed if it is the first one.
 * Its condition fails if there are `limit` subscriptions.
 */
export const openFeedWrite = (scope: EventScope, now: Date, limit: number): Write => ({
  update: feedStateKey(scope),
  setIfAbsent: { position: 0, recordedAt: now.toISOString() },
  add: { subscriptions: 1 },
  condition: {
    expression: 'attribute_not_exists(subscriptions) OR subscriptions < :limit',
    values: { limit },
  },
});

/** Returns the write that counts a subscription less. The feed stays. */
export const leaveFeedWrite = (scope: EventScope): Write => ({
  update: feedStateKey(scope),
  add: { subscriptions: -1 },
});

const subjectKey = (scope: EventScope, { type, id }: EventSubject): ItemKey =>
  eventSubjectKey(scope, type, id);

const memberKey = (scope: EventScope, { groupId, userId }: Omit<MemberState, 'seen'>): ItemKey =>
  memberSourceKey(scope, groupId, userId);

const distinct = (keys: readonly ItemKey[]): ItemKey[] => [
  ...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values(),
];

function readSubject(subject: EventSubject, item: Item): SubjectState {
  return {
    subject,
    sequence: number(item, 'sequence'),
    seen: (item.seen ?? {}) as Record<string, string>,
    isEnded: optionalFlag(item, 'isEnded') ?? false,
    expires: optionalNumber(item, 'ttl') !== undefined,
  };
}
