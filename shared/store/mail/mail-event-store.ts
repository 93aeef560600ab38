import type { MailProblem } from '../licenses/mail-problem';
import { domainKey } from '../table/keys';
import type { Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS, type Write } from '../table/write';
import { changesAfterEvent, type MailEvent } from './mail-event';
import { expirySeconds, mailKeyOf, readMailState, type AnyMailRef, type MailState } from './mail-item';
import { suppressedLicenseWrites, suppressionWrite } from './suppression-store';

/** `repeated`: the event was recorded before. `unknown`: the email or its domain does not exist. */
export type MailEventOutcome = 'noted' | 'repeated' | 'unknown';

/** The result of one attempt to record an event. Without an outcome, the email was not as assumed. */
interface Attempt {
  readonly outcome?: MailEventOutcome;
  /** The email as it is; absent if it does not exist. */
  readonly item?: Item;
}

/**
 * The largest number of attempts to record an event while the email's entry changes: more than it can have
 * events.
 */
const MAX_ATTEMPTS = 10;

/** The state of most emails when their events arrive. */
const SENT: MailState = { status: 'sent', to: '', sentAt: '', messageId: '' };

/**
 * Records the delivery events of SES, each once. An event that only concerns the email is one conditional
 * write of its entry. So the events of a domain share no item, and none of them conflicts with a change of
 * the domain. A bounce or complaint is one transaction: the email, the address, and the license if the email
 * is about one.
 */
export class MailEventStore {
  constructor(
    private readonly table: Table,
    private readonly retentionDays: number,
  ) {}

  async record(event: MailEvent): Promise<MailEventOutcome> {
    // A bounce or complaint needs the address, so it reads the email first.
    let before = isProblem(event) ? await this.read(event.ref) : SENT;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (before?.to === undefined) return 'unknown';
      const changes = changesAfterEvent(before, event);
      if (!changes) return 'repeated';
      const { outcome, item } = isProblem(event)
        ? await this.writeProblem(before, event, changes)
        : await this.write(before, event, changes);
      if (outcome) return outcome;
      before = item && readMailState(item);
    }
    throw new Error(`The mail ${mailKeyOf(event.ref).sk} changes again and again.`);
  }

  /**
   * The condition fails for an email that does not exist, so nothing is created after the sweep of its
   * domain.
   */
  private async write(before: MailState, event: MailEvent, changes: Changes): Promise<Attempt> {
    const { written, item } = await this.table.update(
      mailKeyOf(event.ref),
      { set: { status: before.status, ...changes }, setIfAbsent: this.expiry(event) },
      { condition: isStill(before, event), returnItem: 'whenRefused' },
    );
    return written ? { outcome: 'noted' } : { item };
  }

  private async writeProblem(before: MailState, event: MailEvent, changes: Changes): Promise<Attempt> {
    const mailAndDomain: Write[] = [
      {
        update: mailKeyOf(event.ref),
        set: { status: before.status, ...changes },
        setIfAbsent: this.expiry(event),
        condition: isStill(before, event),
      },
      // The sweep of a deleted domain must not miss data that is written after it.
      { check: domainKey(event.ref.domainId), condition: ITEM_EXISTS },
    ];
    const problem = problemOf(before, event);
    const address = suppressionWrite(event.ref, problem);
    const license = 'userId' in event.ref ? suppressedLicenseWrites(event.ref, problem) : [];
    let failed = await this.table.tryTransact([...mailAndDomain, address, ...license]);
    // The license has another address by now, which has no problem.
    if (failed.length === 1 && failed[0] === 3) {
      failed = await this.table.tryTransact([...mailAndDomain, address]);
    }
    if (failed.includes(1)) return { outcome: 'unknown' };
    if (failed.length === 0) return { outcome: 'noted' };
    return { item: await this.table.get(mailKeyOf(event.ref)) };
  }

  /**
   * An event settles an email. It has no expiry yet if it waited in the outbox, and its sender has not marked
   * it, or was a function of an earlier version, which did not let it expire.
   */
  private expiry({ at }: MailEvent): { readonly ttl: number } {
    return { ttl: expirySeconds(new Date(at), this.retentionDays) };
  }

  private async read(ref: AnyMailRef): Promise<MailState | undefined> {
    const item = await this.table.get(mailKeyOf(ref));
    return item && readMailState(item);
  }
}

type Changes = Readonly<Record<string, string>>;

/** The status decides what an event changes. `messageId` and `sentAt` are set only once. */
const isStill = ({ status, messageId, sentAt }: MailState, { kind }: MailEvent) => ({
  expression: [
    '#status = :before',
    `attribute_not_exists(${kind}At)`,
    messageId === undefined ? 'attribute_not_exists(messageId)' : 'attribute_exists(messageId)',
    sentAt === undefined ? 'attribute_not_exists(sentAt)' : 'attribute_exists(sentAt)',
  ].join(' AND '),
  values: { before: status },
});

const isProblem = ({ kind }: MailEvent): boolean => kind === 'bounced' || kind === 'complained';

function problemOf({ to = '' }: MailState, { kind, at, detail }: MailEvent): MailProblem {
  return { kind: kind === 'complained' ? kind : 'bounced', at, address: to, detail };
}
