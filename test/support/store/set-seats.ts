import { CountsConflict, openCounts } from '../../../shared/store/domains/counts-write';
import { seatSettingsWrites, type SeatSettings } from '../../../shared/store/licenses/seat-settings';
import type { Table } from '../../../shared/store/table/table';
import { AT } from './records';

/** Sets the seats of a domain as an administrator does, also while licenses change. */
export async function setSeats(
  table: Table,
  domainId: string,
  settings: SeatSettings,
  at = AT,
): Promise<void> {
  for (;;) {
    try {
      return await table.transact(
        seatSettingsWrites(domainId, await openCounts(table, domainId), settings, at),
      );
    } catch (error) {
      if (!(error instanceof CountsConflict)) throw error;
    }
  }
}
