import type { ChangeEvent } from '../../../../shared/events/event';
import { isDeepStrictEqual } from 'node:util';
import type { AttributeChange, AuditEvent } from '../../../../shared/store/audit/audit';
import type { Item } from '../../../../shared/store/table/read-item';
import { domainOfLicense } from '../../../../shared/store/table/keys';
import type { Commit } from '../checks/commit-log';

/**
 * The changes of each subject, in order. A membership is a subject of its own: `member <groupId> <userId>`.
 */
export type History = ReadonlyMap<string, readonly string[]>;

/** The subjects of which the audit log knows each change. */
const COMPARED: ReadonlySet<string> = new Set(['user', 'group', 'groupMembers', 'license']);

const OF_STATUS: Readonly<Record<string, string>> = {
  active: 'license.activated',
  pending: 'license.pending',
  inactive: 'license.ended',
};

class Recorder {
  readonly history = new Map<string, string[]>();
  private readonly deletedGroups = new Set<string>();

  add(subject: string, ...texts: string[]): void {
    this.history.set(subject, [...(this.history.get(subject) ?? []), ...texts]);
  }

  addMembers(groupId: string, userIds: unknown, text: string): void {
    for (const userId of textsOf(userIds)) this.add(memberName(groupId, userId), text);
  }

  /** The memberships of a deleted group end without events of their own. */
  endGroup(groupId: string): void {
    this.deletedGroups.add(groupId);
  }

  /** Removes a deleted user from its groups. */
  endUser(userId: string): void {
    for (const [subject, texts] of this.history) {
      const [kind, groupId = '', member] = subject.split(' ');
      const isMember = kind === 'member' && member === userId && texts.at(-1) === 'added';
      if (isMember && !this.deletedGroups.has(groupId)) this.add(subject, 'removed');
    }
  }
}

const textsOf = (list: unknown): readonly string[] => (list ?? []) as string[];

const memberName = (groupId: string, userId: string): string => `member ${groupId} ${userId}`;

/**
 * Follows the licenses of domains, which also change without a request: by promotions, and because of
 * mappings.
 */
export class LicenseWatch {
  private readonly recorders = new Map<string, Recorder>();

  readonly observe = ({ pk, sk, before, after }: Commit): void => {
    const domainId = domainOfLicense({ pk });
    if (domainId === undefined) return;
    const recorder = this.recorders.get(domainId) ?? new Recorder();
    this.recorders.set(domainId, recorder);
    const [status, former] = [after, before].map((image) => (image?.status ?? 'inactive') as string);
    if (before && after && !isDeepStrictEqual(shownOf(before), shownOf(after)))
      recorder.add(`license ${sk}`, 'license.changed');
    if (status !== former) recorder.add(`license ${sk}`, OF_STATUS[status ?? ''] ?? `license ${status}`);
    else if (status === 'active' && before?.activationId !== after?.activationId)
      recorder.add(`license ${sk}`, 'license.keyReplaced');
  };

  historyOf(domainId: string): History {
    return this.recorders.get(domainId)?.history ?? new Map();
  }
}

/** Returns the parts of a license whose change is an event. */
const shownOf = ({ userType, organizations }: Item) => ({
  userType,
  organizations: ((organizations ?? []) as { organization: string; role?: string }[]).map(
    ({ organization, role }) => [organization, role],
  ),
});

/**
 * Returns what the audit log of a domain tells of users, groups, and members. `audit` is in the order of
 * commits.
 */
export function historyOfAudit(audit: readonly AuditEvent[]): History {
  const recorder = new Recorder();
  for (const { action, resourceId: id, changes = [] } of audit) {
    const names = changedNames(changes);
    switch (action) {
      case 'user.created':
      case 'user.deleted':
        recorder.add(`user ${id}`, action);
        if (action === 'user.deleted') recorder.endUser(id);
        break;
      case 'user.updated':
        if (names.length > 0) recorder.add(`user ${id}`, `user.changed ${names.join()}`);
        recorder.add(`user ${id}`, ...activeChanges(changes));
        for (const { before, after } of changes.filter(({ attribute }) => attribute === 'groups')) {
          for (const groupId of textsOf(before)) recorder.add(memberName(groupId, id), 'removed');
          for (const groupId of textsOf(after)) recorder.add(memberName(groupId, id), 'added');
        }
        break;
      case 'group.created':
      case 'group.deleted':
        recorder.add(`group ${id}`, action);
        if (action === 'group.deleted') recorder.endGroup(id);
        break;
      case 'group.updated':
        if (names.length > 0) recorder.add(`group ${id}`, `group.changed ${names.join()}`);
        break;
      default:
    }
    if (action === 'group.created' || action === 'group.updated') {
      const members = changes.find(({ attribute }) => attribute === 'members');
      recorder.addMembers(id, members?.before, 'removed');
      recorder.addMembers(id, members?.after, 'added');
    }
  }
  return recorder.history;
}

/** Returns the history that events tell, in the order in which they arrived. */
export function historyOfEvents(events: Iterable<ChangeEvent>): History {
  const recorder = new Recorder();
  for (const { type, subject, data } of events) {
    if (!COMPARED.has(subject.type)) continue;
    if ('userIds' in data)
      recorder.addMembers(subject.id, data.userIds, type === 'group.membersAdded' ? 'added' : 'removed');
    else {
      // A creation names its attributes, which the audit log does not.
      const isChange = type === 'user.changed' || type === 'group.changed';
      const names = isChange && 'attributes' in data ? data.attributes : undefined;
      recorder.add(`${subject.type} ${subject.id}`, names ? `${type} ${[...names].sort().join()}` : type);
    }
  }
  return recorder.history;
}

/** Returns a sentence for each subject whose events are not exactly its changes, in their order. */
export function historyProblems(expected: History, actual: History): string[] {
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((subject) => {
    const [wanted, got] = [expected.get(subject) ?? [], actual.get(subject) ?? []];
    if (wanted.join('|') === got.join('|')) return [];
    if (isOvertaken(subject, wanted, got, actual)) return [];
    const left = (from: readonly string[], taken: readonly string[]) =>
      taken.reduce(
        (rest, each) => {
          const at = rest.indexOf(each);
          return at < 0 ? rest : rest.toSpliced(at, 1);
        },
        [...from],
      );
    const [lost, invented] = [left(wanted, got), left(got, wanted)];
    if (lost.length > 0) return [`${subject}: ${lost.join(', ')} did not arrive`];
    if (invented.length > 0) return [`${subject}: ${invented.join(', ')} did not happen`];
    return [`${subject}: ${got.join(', ')} came in another order than ${wanted.join(', ')}`];
  });
}

/**
 * Returns whether the deletion of a group has overtaken the last changes of one of its members. It ends all
 * memberships, so these changes cause no events. It can also be overtaken itself, by the removal of a member
 * in the background.
 */
function isOvertaken(
  subject: string,
  wanted: readonly string[],
  got: readonly string[],
  actual: History,
): boolean {
  const [kind, groupId] = subject.split(' ');
  const isEnded = kind === 'member' && actual.get(`group ${groupId}`)?.at(-1) === 'group.deleted';
  const isSwept = wanted.at(-1) === 'added' && got.length === wanted.length + 1 && got.at(-1) === 'removed';
  return isEnded && (isSwept ? got.slice(0, -1) : got).every((text, at) => text === wanted[at]);
}

/** Returns a sentence for each event whose number is not the next one of its subject. */
export function sequenceProblems(events: Iterable<ChangeEvent>): string[] {
  const last = new Map<string, number>();
  return [...events].flatMap(({ id, subject, sequence }) => {
    if (!COMPARED.has(subject.type)) return [];
    const name = `${subject.type} ${subject.id}`;
    const expected = (last.get(name) ?? 0) + 1;
    last.set(name, sequence);
    return sequence === expected ? [] : [`${name}: event ${id} has the number ${sequence}, not ${expected}`];
  });
}

/** Returns the names of the attributes that a `changed` event names. */
const changedNames = (changes: readonly AttributeChange[]): string[] =>
  changes
    .map(({ attribute }) => attribute)
    .filter((name) => !['active', 'groups', 'members'].includes(name))
    .sort();

/** A user without a value is active. */
const activeChanges = (changes: readonly AttributeChange[]): string[] =>
  changes
    .filter(({ attribute }) => attribute === 'active')
    .map(({ after }) => (after === false ? 'user.deactivated' : 'user.reactivated'));
