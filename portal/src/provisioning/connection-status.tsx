import { Link } from 'react-router';
import { useKeys } from '../api/keys';
import { useAccess } from '../session/access';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';

/** How far the connection is: enabled, with a key, with a request that came. */
export function ConnectionStatus() {
  const { domain } = useAccess();
  const keys = useKeys(domain.domainId);
  const active = keys.data?.items.filter(({ status }) => status === 'active') ?? [];
  const lastUsedAt = active
    .flatMap((key) => key.lastUsedAt ?? [])
    .sort()
    .at(-1);
  const settings = <Link to={`/domains/${domain.domainId}/settings/scim`}>SCIM Provisioning</Link>;
  if (!domain.scimEnabled) {
    return (
      <Notice tone="warning" title="SCIM is disabled">
        <p>Enable it under {settings} first; until then every request is refused.</p>
      </Notice>
    );
  }
  if (keys.isPending) return <Skeleton lines={1} />;
  if (!keys.data) return <ProblemNotice error={keys.error} onRetry={() => void keys.refetch()} />;
  if (lastUsedAt) {
    return (
      <Notice tone="good" title="Your identity provider is connected">
        <p>
          Its last request came <Time at={lastUsedAt} />.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title="No request has come yet">
      <p>This line changes within a minute of the first request.</p>
    </Notice>
  );
}
