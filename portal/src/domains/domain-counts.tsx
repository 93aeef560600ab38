import { Link } from 'react-router';
import type { Domain } from '../api/schema';
import { SeatMeter } from '../licenses/seat-meter';
import { formatNumber } from '../i18n/catalog';
import { t } from './messages';

/** Shows the numbers of users, groups and licenses of a domain. */
export function DomainCounts({ domain }: { readonly domain: Domain }) {
  const { counts, seats } = domain;
  return (
    <dl className="stats">
      <div className="stat">
        <dt>{t('users')}</dt>
        <dd>{formatNumber(counts.users)}</dd>
      </div>
      <div className="stat">
        <dt>{t('groups')}</dt>
        <dd>{formatNumber(counts.groups)}</dd>
      </div>
      <div className="stat">
        <dt>{t('waitingForASeat')}</dt>
        <dd>
          {counts.pendingLicenses > 0 ? (
            <Link to={`/domains/${domain.domainId}/users?license=pending`}>
              {formatNumber(counts.pendingLicenses)}
            </Link>
          ) : (
            formatNumber(counts.pendingLicenses)
          )}
        </dd>
      </div>
      <div className="stat stat-wide">
        <dt>{t('activeLicenses')}</dt>
        <dd>
          {formatNumber(counts.activeLicenses)}
          {seats !== null && <span className="subtle"> {t('ofSeats', { count: seats })}</span>}
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
