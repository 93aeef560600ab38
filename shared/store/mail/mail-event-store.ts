import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { domainKey } from '../table/keys';
import { changesAfterEvent, type MailEvent } from './mail-event';
import { fromMailItem, mailKeyOf, type MailItem, type MailRef } from './mail-item';
import { mailProblemWrite, type MailProblem } from '../licenses/mail-problem';
import { setExpression } from '../table/set-expression';
import { suppressionWrite } from './suppression-store';
import type { Table } from '../table/table';
import { tryTransact, type Write } from '../table/transaction';

/** `repeated`: it was known before. `unknown`: of no mail that there is. */
export type MailEventOutcome = 'noted' | 'repeated' | 'unknown';

/** How often an event is noted at a mail that changes meanwhile. */
const MAX_ATTEMPTS = 5;

/** What became of mails after SES took them: noted at the mail, the license and the address, in one transaction, once. */
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
    throw new Error(`The mail ${event.ref.mailId} changes again and again.`);
  }

  /** Undefined where the mail has changed since it was read. */
  private async write(
    item: MailItem,
    event: MailEvent,
    changes: Readonly<Record<string, string>>,
  ): Promise<MailEventOutcome | undefined> {
    const mailAndDomain: Write[] = [
      {
        Update: {
          Key: mailKeyOf(event.ref),
          ...setExpression({ status: item.status, ...changes }, [], { ':before': item.status }),
          ConditionExpression: `#status = :before AND attribute_not_exists(${event.kind}At)`,
        },
      },
      // Nothing is added to what is swept up behind a deleted domain.
      { ConditionCheck: { Key: domainKey(item.domainId), ConditionExpression: 'attribute_exists(pk)' } },
    ];
    const problem = problemOf(item, event);
    const address = problem ? [suppressionWrite(event.ref, problem)] : [];
    const license = problem ? [mailProblemWrite(event.ref, problem)] : [];
    let failed = await tryTransact(this.table, [...mailAndDomain, ...address, ...license]);
    // The holder has another address by now, which has no problem.
    if (failed.length === 1 && failed[0] === 3) {
      failed = await tryTransact(this.table, [...mailAndDomain, ...address]);
    }
    if (failed.includes(1)) return 'unknown';
    return failed.length === 0 ? 'noted' : undefined;
  }

  private async read(ref: MailRef): Promise<MailItem | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key: mailKeyOf(ref), ConsistentRead: true }),
    );
    return Item && fromMailItem(ref.domainId, Item);
  }
}

function problemOf({ to = '' }: MailItem, { kind, at, detail }: MailEvent): MailProblem | undefined {
  return kind === 'bounced' || kind === 'complained' ? { kind, at, address: to, detail } : undefined;
}
