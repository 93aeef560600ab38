import type { SourceChange } from './product/product';

/** A fix of an interleaving that was found, and a change of the source that reverts it. */
export interface RevertedFix {
  readonly name: string;
  /** The fault without the fix. */
  readonly story: string;
  readonly changes: readonly SourceChange[];
}

const LICENSE_WRITE = 'shared/store/licenses/license-write.ts';
const LEASES = 'shared/store/mail/mail-lease.ts';
const SEATS = 'shared/store/licenses/seats.ts';
const TRANSACTION = 'shared/store/table/operations/transaction.ts';

/**
 * An audit event also tells a repeated transaction that it has succeeded. So a lost token shows only without
 * it.
 */
const NO_MARK: SourceChange = {
  file: 'shared/store/audit/audit.ts',
  find: `  condition: ITEM_IS_ABSENT,
  marksChange: true,
`,
  replace: '',
};

/** The fixes whose absence the simulation has to find. */
export const REVERTED_FIXES: readonly RevertedFix[] = [
  {
    name: 'event-before-mark',
    story: 'The bounce of an email arrives before its sender records that it was sent.',
    changes: [
      {
        file: LEASES,
        find: "{ condition: { expression: '#status = :claimed', values: { claimed: 'claimed' } } },",
        replace: '{},',
      },
    ],
  },
  {
    name: 'queued-change',
    story: 'A license gets a seat while its user is deactivated.',
    changes: [
      {
        file: LICENSE_WRITE,
        find: "expression: '#status = :pending AND #changeId = :queuedChangeId',",
        replace: "expression: '#status = :pending OR #changeId <> :queuedChangeId',",
      },
    ],
  },
  {
    name: 'end-of-queued',
    story: 'A user is deactivated while its license waits for a seat.',
    changes: [
      {
        file: LICENSE_WRITE,
        find: "'#status <> :pending AND #status <> :inactive AND ' +",
        replace: "'(#status <> :pending OR #status <> :inactive) AND ' +",
      },
    ],
  },
  {
    name: 'free-seat',
    story: 'Two users take the last seat at the same time.',
    changes: [
      {
        file: SEATS,
        find: "'attribute_not_exists(#limit) OR #free > :none'",
        replace: "'attribute_not_exists(#limit) OR #free > :none OR #free <= :none'",
      },
    ],
  },
  {
    name: 'same-token',
    story: 'The response of a transaction is lost, and its repetition counts as another one.',
    changes: [
      {
        file: TRANSACTION,
        find: 'if (error instanceof TransactionCanceledException) ClientRequestToken',
        replace: 'ClientRequestToken',
      },
      NO_MARK,
    ],
  },
  {
    name: 'token-after-throttling',
    story: 'The response of a transaction is lost, and its repetition is throttled.',
    changes: [
      {
        file: TRANSACTION,
        find: 'if (error instanceof TransactionCanceledException) ClientRequestToken',
        replace: "if ((error as Error).name !== 'TimeoutError') ClientRequestToken",
      },
      NO_MARK,
    ],
  },
  {
    name: 'order-of-changes',
    story: 'A key is replaced between the begin and the end of a deactivation, whose email has an older id.',
    changes: [
      {
        file: LICENSE_WRITE,
        find: `'#status <> :pending AND #status <> :inactive AND ' +
              '(attribute_not_exists(#changeId) OR #changeId < :changeId) AND ' +
              '(attribute_not_exists(#resendId) OR #resendId < :changeId)',`,
        replace: "'#status <> :pending AND #status <> :inactive',",
      },
    ],
  },
  {
    name: 'known-key',
    story: 'A key is sent before the license check knows it.',
    changes: [
      {
        file: 'shared/mail/delivery/before-send.ts',
        find: 'await keys.put(hashLicenseKey(await keyOf(source)), source);',
        replace: 'void keys.put(hashLicenseKey(await keyOf(source)), source);',
      },
    ],
  },
  {
    name: 'outbox-minute',
    story: 'A function dies after it has stored an email in the outbox, and before it has stored its minute.',
    changes: [
      {
        file: 'shared/store/mail/outbox-store.ts',
        find: `    await this.minutes.add(domainId, dueAt);
    return (await this.table.tryTransact(writes)).length === 0;`,
        replace: `    const failed = await this.table.tryTransact(writes);
    await this.minutes.add(domainId, dueAt);
    return failed.length === 0;`,
      },
    ],
  },
  {
    name: 'abandoned-claim',
    story: 'A function dies while it sends an email, and the change is delivered again while SES fails.',
    changes: [
      {
        file: 'shared/mail/delivery/deliver.ts',
        find: 'const claim = await waitForClaim(entry, content, delivery, deadline);',
        replace: 'const claim = dueAt ? undefined : await waitForClaim(entry, content, delivery, deadline);',
      },
    ],
  },
  {
    name: 'adopted-claim',
    story: 'A function dies while it sends an email, and the stream abandons the change.',
    changes: [
      {
        file: 'shared/service/mail/change-replay.ts',
        find: "if (entry.status === 'claimed' && (await outbox.adopt(entry, now()))) this.mails++;",
        replace: 'void [entry, outbox, now];',
      },
    ],
  },
  {
    name: 'claimed-replay',
    story: 'A redrive replays the end of a license while the stream delivers its activation.',
    changes: [
      {
        file: 'shared/service/mail/change-replay.ts',
        find: 'const settled = await supersedeEarlier(mail, this.dependencies);',
        replace: 'const settled = earlier;',
      },
    ],
  },
];
