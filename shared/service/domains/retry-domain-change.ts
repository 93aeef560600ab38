import { backoff } from '../../retry/backoff';
import { CountsConflict } from '../../store/domains/counts-write';
import { VersionConflict } from '../../store/table/operations/transaction';
import { AdminError } from '../admin/admin-error';

/** Attempts to make a change to a domain that other administrators change at the same time. */
const ATTEMPTS = 5;

/** The time for attempts to change the seats of a domain whose licenses change at the same time. */
const SEATS_WINDOW_MS = 10_000;

/** Repeats `change` on the fresh domain if another change came first. */
export async function retryDomainChange<T>(now: () => Date, change: () => Promise<T>): Promise<T> {
  const lastSeatsAttempt = now().getTime() + SEATS_WINDOW_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      if (error instanceof CountsConflict) {
        if (now().getTime() > lastSeatsAttempt) throw seatsAreBusy();
        // The next change of a license may come as soon.
        await backoff(0);
        continue;
      }
      if (!(error instanceof VersionConflict)) throw error;
      if (attempt === ATTEMPTS)
        throw new AdminError('Other administrators are changing this domain. Try again.', 'conflict');
    }
    await backoff(attempt);
  }
}

const seatsAreBusy = (): AdminError =>
  new AdminError(
    'Many licenses of this domain are changing, so its seats cannot be set. Try again when fewer users change.',
    'conflict',
  );
