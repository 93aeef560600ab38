import { Link, useLocation } from 'react-router';
import { useReadiness } from '../api/readiness';
import { useAccess } from '../session/access';
import { Icon } from './icon';

/** A line above each page while something needs to be looked at. */
export function ReadinessHint() {
  const { domain } = useAccess();
  const { pathname } = useLocation();
  const { data } = useReadiness(domain.domainId);
  const path = `/domains/${domain.domainId}/settings/readiness`;
  const serious = data?.findings.filter(({ severity }) => severity !== 'info') ?? [];
  if (serious.length === 0 || pathname === path) return null;
  const isBad = serious.some(({ severity }) => severity === 'error');
  return (
    <Link to={path} className={isBad ? 'hint hint-bad' : 'hint hint-warning'}>
      <Icon name={isBad ? 'error' : 'warning'} />
      <span>{serious.length === 1 ? '1 thing needs' : `${serious.length} things need`} your attention</span>
      <Icon name="arrowRight" />
    </Link>
  );
}
