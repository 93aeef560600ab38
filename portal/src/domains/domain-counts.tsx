import type { Domain } from '../api/schema';
import { SeatMeter } from '../licenses/seat-meter';

const number = new Intl.NumberFormat();

/** Shows the numbers of users, groups and licenses of a domain. */
export function DomainCounts({ domain }: { readonly domain: Domain }) {
  const { counts, seats } = domain;
  return (
    <dl className="stats">
      <div className="stat">
        <dt>Users</dt>
        <dd>{number.format(counts.users)}</dd>
      </div>
      <div className="stat">
        <dt>Groups</dt>
        <dd>{number.format(counts.groups)}</dd>
      </div>
      <div className="stat">
        <dt>Waiting for a seat</dt>
        <dd>{number.format(counts.pendingLicenses)}</dd>
      </div>
      <div className="stat stat-wide">
        <dt>Active licenses</dt>
        <dd>
          {number.format(counts.activeLicenses)}
          {seats !== null && <span className="subtle"> of {number.format(seats)} seats</span>}
        </dd>
        {seats !== null && (
          <dd>
            <SeatMeter used={counts.activeLicenses} seats={seats} />
          </dd>
        )}
      </div>
    </dl>
  );
}
