import { ScimError } from '../../scim/error';
import type { SeatCounts } from '../../store/domains/counts';
import { noSeatDetail } from '../licenses/resolve-seat';

/**
 * Tells in a dry run which licenses will get a seat. It reads the seats once, and counts those that the rows
 * take and free.
 */
export class SeatForecast {
  private counts?: Promise<SeatCounts>;

  constructor(
    private readonly read: () => Promise<SeatCounts>,
    /** The seats that earlier rows of the file take. Negative if they free more than they take. */
    private taken: number,
  ) {}

  /** Returns the effect of an activation. Throws 403 if it would be refused. */
  async start(): Promise<'starts' | 'waits'> {
    const { seats, activeLicenses, pendingLicenses, seatPolicy } = await (this.counts ??= this.read());
    // Licenses that wait already get free seats first.
    if (seats === undefined || activeLicenses + pendingLicenses + this.taken < seats) {
      this.taken++;
      return 'starts';
    }
    if (seatPolicy === 'wait') return 'waits';
    throw ScimError.forbidden(noSeatDetail({ seats }));
  }

  end(): 'ends' {
    this.taken--;
    return 'ends';
  }
}
