import { domainOfLicense, domainOfSeats } from '../../../../shared/store/table/keys';
import type { Commit } from './commit-log';

interface SeatsOfDomain {
  /** Infinity if their number is not limited. */
  seats: number;
  readonly active: Set<string>;
}

/**
 * Counts the active licenses of each domain after each commit. A license must never become active if there
 * are then more active licenses than seats. The number of seats can be decreased below that of active
 * licenses.
 */
export class SeatWatch {
  private readonly domains = new Map<string, SeatsOfDomain>();
  readonly problems: string[] = [];
  /** The number of activations while the number of seats was limited. */
  limitedActivations = 0;

  readonly observe = ({ pk, sk, after }: Commit): void => {
    const withSeats = domainOfSeats({ pk, sk });
    if (withSeats !== undefined) this.domain(withSeats).seats = Number(after?.seats ?? Infinity);
    const domainId = domainOfLicense({ pk });
    if (domainId === undefined) return;
    const { seats, active } = this.domain(domainId);
    if (after?.status !== 'active') return void active.delete(sk);
    if (active.has(sk)) return;
    active.add(sk);
    if (seats < Infinity) this.limitedActivations++;
    if (active.size > seats)
      this.problems.push(
        `domain ${domainId}: license ${sk} became active as number ${active.size} of ${seats} seats`,
      );
  };

  private domain(domainId: string): SeatsOfDomain {
    const known = this.domains.get(domainId) ?? { seats: Infinity, active: new Set<string>() };
    this.domains.set(domainId, known);
    return known;
  }
}
