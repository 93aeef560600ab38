import { Link } from 'react-router';
import { useReadiness } from '../api/readiness';
import { Icon } from '../components/display/icon';

/** Leads to what needs to be looked at, while there is something serious. */
export function ReadinessHint({ domainId }: { readonly domainId: string }) {
  const { data } = useReadiness(domainId);
  const serious = data?.findings.filter(({ severity }) => severity !== 'info') ?? [];
  if (serious.length === 0) return null;
  const isBad = serious.some(({ severity }) => severity === 'error');
  return (
    <Link
      to={`/domains/${domainId}/settings/readiness`}
      className={isBad ? 'hint hint-bad' : 'hint hint-warning'}
    >
      <Icon name={isBad ? 'error' : 'warning'} />
      <span>
        {serious.length}
        <span className="hint-text">
          {serious.length === 1 ? ' thing needs' : ' things need'} your attention
        </span>
      </span>
    </Link>
  );
}
