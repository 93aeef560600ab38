import type { OutboxRunStore, RunLease } from '../../store/mail/outbox-run-store';
import type { OutboxEntry } from '../../store/mail/outbox-store';
import type { DeliveryOutcome } from '../delivery/delivery';
import { runDeliveries, type DeliveryRun, type RunEnd } from './delivery-run';
import { DueMails, type DueMailsParts } from './due-mails';

/** A run takes less than the rest of its lease for an email. */
const RENEWAL_MS = 5_000;

/** The outcomes that settle an email, so that the outbox makes progress. */
const SETTLED: ReadonlySet<DeliveryOutcome['outcome']> = new Set([
  'sent',
  'failed',
  'givenUp',
  'superseded',
  'suppressed',
  'noAddress',
  'domainDeleted',
]);

export interface OutboxRunParts
  extends
    DueMailsParts,
    Pick<DeliveryRun<OutboxEntry, DeliveryOutcome>, 'deliver' | 'remainingMs' | 'onError' | 'onOutcome'> {
  readonly runs: Pick<OutboxRunStore, 'renew' | 'release'>;
  readonly workers: number;
  /** Starts another run, for the emails that this one has no time for. */
  readonly wake: () => Promise<void>;
}

/**
 * Sends the due emails until none is due, or until the time is up. Returns for how many milliseconds emails
 * were due while the outbox settled none. A backlog makes emails wait, but as long as it shrinks, the outbox
 * is not late.
 */
export async function runOutbox(first: RunLease, parts: OutboxRunParts): Promise<number> {
  const progress: Progress = { settledAt: first.settledAt, lateMs: 0 };
  for (let lease: RunLease | undefined = first; lease;) {
    const end = await sendDueMails(lease, progress, parts);
    if (end === 'lost') break;
    lease = await parts.runs.release(lease, progress.settledAt, { force: end !== 'finished' });
    if (end === 'timeUp') await parts.wake();
  }
  return progress.lateMs;
}

interface Progress {
  /** The time at which the outbox last settled an email; RFC 3339. */
  settledAt: string | undefined;
  lateMs: number;
}

/** Returns `lost` if another run has taken over. */
async function sendDueMails(
  lease: RunLease,
  progress: Progress,
  { runs, now, onOutcome, ...parts }: OutboxRunParts,
): Promise<RunEnd | 'lost'> {
  const mails = new DueMails({ now, ...parts });
  let renewedAt = now().getTime();
  let isLost = false;
  const end = await runDeliveries<OutboxEntry, DeliveryOutcome>({
    ...parts,
    next: async () => {
      if (now().getTime() >= renewedAt + RENEWAL_MS) {
        renewedAt = now().getTime();
        isLost ||= !(await runs.renew(lease, now()));
      }
      const entry = isLost ? undefined : await mails.next();
      if (entry) {
        const since = [entry.dueAt, progress.settledAt ?? ''].reduce((a, b) => (a > b ? a : b));
        progress.lateMs = Math.max(progress.lateMs, now().getTime() - Date.parse(since));
      }
      return entry;
    },
    onOutcome: (entry, result) => {
      if (SETTLED.has(result.outcome)) progress.settledAt = now().toISOString();
      onOutcome(entry, result);
    },
  });
  await mails.finish();
  return isLost ? 'lost' : end;
}
