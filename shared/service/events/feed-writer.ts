import { contentJson, noticeJson, type EventActor, type EventSubject } from '../../events/event';
import type {
  AppendedEvent,
  FeedLog,
  FeedReading,
  MemberState,
  SubjectState,
} from '../../store/events/feed-log';
import type { ItemKey } from '../../store/table/keys';
import { streamTag } from '../../store/table/stream-record';
import { eventId } from './change';
import { actorsOf, type ActorSources } from './event-actors';
import type { EventWork, RecordedChange } from './event-work';

export interface FeedWriterDependencies extends ActorSources {
  readonly log: Pick<FeedLog, 'read' | 'append'>;
  readonly now: () => Date;
}

/** An event that more changes of members may join. */
interface OpenEvent {
  readonly change: RecordedChange;
  readonly actor: EventActor;
  readonly sequence: number;
  readonly userIds: string[];
  readonly parts: string[];
}

/**
 * Writes the changes of one message, or of several that were joined, into the feed of their scope, in one
 * transaction. A change that was written before is skipped, so a message that is delivered again writes
 * nothing twice. Returns the number of events.
 */
export async function writeEvents(
  { domainId: scope, streamArn, changes }: EventWork,
  dependencies: FeedWriterDependencies,
): Promise<number> {
  const { log, now } = dependencies;
  const reading = await log.read(scope, {
    subjects: changes.flatMap((change) => [change.subject, ...endedBy(change)]),
    members: changes.flatMap(memberOf),
    others: changes.flatMap(({ unless }) => unless ?? []),
  });
  // The domain is deleted, or has never had a subscription.
  if (!reading) return 0;
  const state = new FeedState(reading, streamArn === undefined ? undefined : streamTag(streamArn));
  const fresh = changes.filter((change) => state.isNew(change));
  if (fresh.length === 0) return 0;
  // What the sweep removes from a deleted group is no event, and has no audit event.
  const actors = await actorsOf(
    fresh.filter((change) => !state.isEnded(change)),
    dependencies,
  );
  const events: OpenEvent[] = [];
  for (const change of fresh) {
    if (!state.accept(change)) continue;
    const actor = actors.get(change) ?? { kind: 'unknown' };
    const part = JSON.stringify([change.source, change.sequenceNumber]);
    const joined = joinable(events, change, actor);
    if (joined && 'userIds' in change.data) {
      joined.userIds.push(...change.data.userIds);
      joined.parts.push(part);
      continue;
    }
    events.push({
      change,
      actor,
      sequence: state.next(change.subject),
      userIds: 'userIds' in change.data ? [...change.data.userIds] : [],
      parts: [part],
    });
  }
  await log.append(scope, reading.end, events.map(appended), state.changed(), now());
  return events.length;
}

/** Returns the last event of the same group if the change of a member can join it. */
function joinable(
  events: readonly OpenEvent[],
  { subject, type, source }: RecordedChange,
  actor: EventActor,
): OpenEvent | undefined {
  if (subject.type !== 'groupMembers') return undefined;
  const last = events.findLast(({ change }) => isSame(change.subject, subject));
  if (last?.change.type !== type || last.userIds.includes(source)) return undefined;
  return JSON.stringify(last.actor) === JSON.stringify(actor) ? last : undefined;
}

function appended({ change, actor, sequence, userIds, parts }: OpenEvent): AppendedEvent {
  const { type, time, domainId, subject, before, after } = change;
  const id = eventId(time, [domainId, subject.type, subject.id, type, ...parts]);
  const data = subject.type === 'groupMembers' ? { groupId: subject.id, userIds } : change.data;
  const draft = { id, type, time, domainId, subject, actor, data, before, after };
  const content = contentJson(draft);
  return {
    id,
    type,
    domainId,
    notice: noticeJson(draft, sequence),
    ...(content !== undefined && { content }),
  };
}

const isSame = (one: EventSubject, other: EventSubject): boolean =>
  one.type === other.type && one.id === other.id;

const memberOf = ({ subject, source }: RecordedChange): Omit<MemberState, 'seen'>[] =>
  subject.type === 'groupMembers' ? [{ groupId: subject.id, userId: source }] : [];

/** Returns the subjects that a change ends. The memberships of a deleted group are swept without events. */
const endedBy = ({ type, subject }: RecordedChange): EventSubject[] =>
  type === 'group.deleted' ? [{ type: 'groupMembers', id: subject.id }] : [];

/** The types after which a subject has no more events. An email has only one. */
const LAST_TYPES = new Set(['user.deleted', 'group.deleted', 'domain.deleted', 'email.bounced']);

/** Comes before the tag of a stream. The sequence numbers of earlier versions have none. */
const STREAM_SEPARATOR = '@';

/** The state of the subjects while changes are written. */
class FeedState {
  private readonly subjects = new Map<string, SubjectState>();
  private readonly members = new Map<string, MemberState>();
  private readonly others: ReadonlySet<string>;
  private readonly changedSubjects = new Set<string>();
  private readonly changedMembers = new Set<string>();

  /** The number after which the sequences of all subjects continue. */
  private readonly start: number;

  constructor(
    { end, subjects, members, others }: FeedReading,
    private readonly stream: string | undefined,
  ) {
    this.start = end.start ?? 0;
    for (const each of subjects) this.subjects.set(nameOf(each.subject), each);
    for (const each of members) this.members.set(memberName(each), each);
    this.others = new Set(others.map(keyName));
  }

  /**
   * Returns whether a change was not written before. The stream repeats changes, but never skips one of an
   * item. A restored table has another stream, whose numbers say nothing about those before.
   */
  isNew(change: RecordedChange): boolean {
    const [member] = memberOf(change);
    const seen = member
      ? this.members.get(memberName(member))?.seen
      : this.subjects.get(nameOf(change.subject))?.seen[change.source];
    const [number, stream = this.stream] = seen?.split(STREAM_SEPARATOR) ?? [];
    return number === undefined || stream !== this.stream || BigInt(change.sequenceNumber) > BigInt(number);
  }

  /** Returns whether the subject of a change has had its last event. */
  isEnded({ subject }: RecordedChange): boolean {
    return this.stateOf(subject).isEnded;
  }

  /** Takes note of a change. Returns whether it is an event. */
  accept(change: RecordedChange): boolean {
    const { subject, source, type, unless } = change;
    const seenNow = [change.sequenceNumber, ...(this.stream === undefined ? [] : [this.stream])].join(
      STREAM_SEPARATOR,
    );
    const isEvent = !this.isEnded(change) && (unless === undefined || !this.others.has(keyName(unless)));
    const [member] = memberOf(change);
    if (member) {
      this.members.set(memberName(member), { ...member, seen: seenNow });
      this.changedMembers.add(memberName(member));
    } else {
      const { seen, expires } = this.stateOf(subject);
      this.set(subject, {
        seen: { ...seen, [source]: seenNow },
        expires: expires || (isEvent && LAST_TYPES.has(type)),
      });
    }
    if (isEvent) for (const ended of endedBy(change)) this.set(ended, { isEnded: true });
    return isEvent;
  }

  /** Returns the next sequence number of a subject. */
  next(subject: EventSubject): number {
    const sequence = Math.max(this.stateOf(subject).sequence, this.start) + 1;
    this.set(subject, { sequence });
    return sequence;
  }

  changed(): Pick<FeedReading, 'subjects' | 'members'> {
    return {
      subjects: [...this.changedSubjects].flatMap((name) => this.subjects.get(name) ?? []),
      members: [...this.changedMembers].flatMap((name) => this.members.get(name) ?? []),
    };
  }

  private stateOf(subject: EventSubject): SubjectState {
    return (
      this.subjects.get(nameOf(subject)) ?? {
        subject,
        sequence: 0,
        seen: {},
        isEnded: false,
        expires: false,
      }
    );
  }

  private set(subject: EventSubject, changes: Partial<SubjectState>): void {
    const name = nameOf(subject);
    this.subjects.set(name, { ...this.stateOf(subject), ...changes });
    this.changedSubjects.add(name);
  }
}

const nameOf = ({ type, id }: EventSubject): string => `${type}#${id}`;
const memberName = ({ groupId, userId }: Omit<MemberState, 'seen'>): string => `${groupId}#${userId}`;
const keyName = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;
