import type { StoredMessage } from './message-log';

/** The messages of a queue, oldest first. There may be many, so only `all` reads all of them. */
export class Backlog {
  private readonly messages = new Map<string, StoredMessage>();
  /** The messages of each group of a FIFO queue. */
  private readonly groups = new Map<string, Map<string, StoredMessage>>();

  get size(): number {
    return this.messages.size;
  }

  add(message: StoredMessage): void {
    const { messageId, groupId } = message;
    this.messages.set(messageId, message);
    if (groupId === undefined) return;
    const group = this.groups.get(groupId) ?? new Map<string, StoredMessage>();
    this.groups.set(groupId, group.set(messageId, message));
  }

  delete(messageId: string): void {
    const { groupId = '' } = this.messages.get(messageId) ?? {};
    const group = this.groups.get(groupId);
    group?.delete(messageId);
    if (group?.size === 0) this.groups.delete(groupId);
    this.messages.delete(messageId);
  }

  get(messageId: string): StoredMessage | undefined {
    return this.messages.get(messageId);
  }

  all(): readonly StoredMessage[] {
    return [...this.messages.values()];
  }

  /** Returns all messages but these. */
  *without(hidden: readonly StoredMessage[]): Iterable<StoredMessage> {
    const ids = new Set(hidden.map(({ messageId }) => messageId));
    for (const message of this.messages.values()) if (!ids.has(message.messageId)) yield message;
  }

  /**
   * Returns the messages of the groups that contain none of these. The group that waits the longest comes
   * first.
   */
  *ofOtherGroups(hidden: readonly StoredMessage[]): Iterable<StoredMessage> {
    const blocked = new Set(hidden.map(({ groupId }) => groupId));
    const free = [...this.groups].filter(([groupId]) => !blocked.has(groupId)).map(([, group]) => group);
    for (const group of free.sort((one, other) => oldestOf(one).localeCompare(oldestOf(other))))
      yield* group.values();
  }
}

const oldestOf = (group: ReadonlyMap<string, StoredMessage>): string =>
  group.values().next().value?.sentAt ?? '';
