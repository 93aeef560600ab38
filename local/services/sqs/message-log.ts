import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface StoredMessage {
  readonly messageId: string;
  /** RFC 3339. */
  readonly sentAt: string;
  readonly body: string;
  /** The group of a message of a FIFO queue. */
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

type Change = { readonly added: StoredMessage } | { readonly deleted: readonly string[] };

/** The log is rewritten when it has this many lines more than twice its messages. */
const SPARE_LINES = 1_000;

/**
 * The messages of a queue on disk, as a log of changes. A change appends one line, however many messages
 * wait. If the process ends while it writes a line, that change has not happened.
 */
export class MessageLog {
  private readonly messages = new Map<string, StoredMessage>();
  private lines = 0;

  /** Opens the log, and rewrites it with the remaining messages. */
  constructor(private readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    for (const change of readChanges(file)) this.apply(change);
    this.compact();
  }

  /** Returns the messages, oldest first. */
  all(): StoredMessage[] {
    return [...this.messages.values()];
  }

  add(message: StoredMessage): void {
    this.append({ added: message });
  }

  delete(messageIds: readonly string[]): void {
    this.append({ deleted: messageIds });
  }

  private append(change: Change): void {
    this.apply(change);
    appendFileSync(this.file, toLine(change));
    this.lines += 1;
    if (this.lines > 2 * this.messages.size + SPARE_LINES) this.compact();
  }

  private apply(change: Change): void {
    if ('added' in change) this.messages.set(change.added.messageId, change.added);
    else for (const messageId of change.deleted) this.messages.delete(messageId);
  }

  private compact(): void {
    const draft = `${this.file}.draft`;
    // Only the owner can read the file, because it may contain secrets.
    writeFileSync(
      draft,
      this.all()
        .map((added) => toLine({ added }))
        .join(''),
      { mode: 0o600 },
    );
    renameSync(draft, this.file);
    this.lines = this.messages.size;
  }
}

const toLine = (change: Change): string => `${JSON.stringify(change)}\n`;

function readChanges(file: string): Change[] {
  try {
    // Each whole line ends with a line break.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Change);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
