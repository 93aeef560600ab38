import { Link } from 'react-router';
import { useReadiness } from '../api/readiness';
import { Icon } from '../components/display/icon';
import { Message } from './messages';

/** Links to readiness if there are findings that need attention. */
export function ReadinessHint({ domainId }: { readonly domainId: string }) {
  const { data } = useReadiness(domainId);
  const important = data?.findings.filter(({ severity }) => severity !== 'info') ?? [];
  if (important.length === 0) return null;
  const isBad = important.some(({ severity }) => severity === 'error');
  return (
    <Link
      to={`/domains/${domainId}/settings/readiness`}
      className={isBad ? 'hint hint-bad' : 'hint hint-warning'}
    >
      <Icon name={isBad ? 'error' : 'warning'} />
      <span>
        <Message
          id="needAttention"
          values={{ count: important.length }}
          components={{ number: <span />, words: <span className="hint-text" /> }}
        />
      </span>
    </Link>
  );
}
