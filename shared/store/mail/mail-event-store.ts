import { mailProblemWrite, type MailProblem } from '../licenses/mail-problem';
import { domainKey } from '../table/keys';
import type { Table } from '../table/table';
import { ITEM_EXISTS, type Write } from '../table/write';
import { changesAfterEvent, type MailEvent } from './mail-event';
import { mailKeyOf, readMailState, type AnyMailRef, type MailState } from './mail-item';
import { suppressionWrite } from './suppression-store';

/** `repeated`: the event was recorded before. `unknown`: the email or its domain does not exist. */
export type MailEventOutcome = 'noted' | 'repeated' | 'unknown';

/** The largest number of attempts to record an event while the email's entry changes. */
const MAX_ATTEMPTS = 5;

/**
 * Records the delivery events of SES, each once and in one transaction: in the email, the address, and the
 * license if the email is about one.
 */
export class MailEventStore {
  constructor(private readonly table: Table) {}

  async record(event: MailEvent): Promise<MailEventOutcome> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const item = await this.read(event.ref);
      if (item?.to === undefined) return 'unknown';
      const changes = changesAfterEvent(item, event);
      if (!changes) return 'repeated';
      const outcome = await this.write(item, event, changes);
      if (outcome) return outcome;
    }
    throw new Error(`The mail ${mailKeyOf(event.ref).sk} changes again and again.`);
  }

  /** Returns undefined if the email has changed since it was read. */
  private async write(
    item: MailState,
    event: MailEvent,
    changes: Readonly<Record<string, string>>,
  ): Promise<MailEventOutcome | undefined> {
    const mailAndDomain: Write[] = [
      {
        update: mailKeyOf(event.ref),
        set: { status: item.status, ...changes },
        condition: {
          expression: `#status = :before AND attribute_not_exists(${event.kind}At)`,
          values: { before: item.status },
        },
      },
      // The sweep of a deleted domain must not miss data that is written after it.
      { check: domainKey(event.ref.domainId), condition: ITEM_EXISTS },
    ];
    const problem = problemOf(item, event);
    const address = problem ? [suppressionWrite(event.ref, problem)] : [];
    const license = problem && 'userId' in event.ref ? [mailProblemWrite(event.ref, problem)] : [];
    let failed = await this.table.tryTransact([...mailAndDomain, ...address, ...license]);
    // The license has another address by now, which has no problem.
    if (failed.length === 1 && failed[0] === 3) {
      failed = await this.table.tryTransact([...mailAndDomain, ...address]);
    }
    if (failed.includes(1)) return 'unknown';
    return failed.length === 0 ? 'noted' : undefined;
  }

  private async read(ref: AnyMailRef): Promise<MailState | undefined> {
    const item = await this.table.get(mailKeyOf(ref));
    return item && readMailState(item);
  }
}

function problemOf({ to = '' }: MailState, { kind, at, detail }: MailEvent): MailProblem | undefined {
  return kind === 'bounced' || kind === 'complained' ? { kind, at, address: to, detail } : undefined;
}
