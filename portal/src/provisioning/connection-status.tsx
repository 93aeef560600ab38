import { Link } from 'react-router';
import { useKeys } from '../api/keys';
import { useAccess } from '../session/access';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { ScimUnavailableNotice } from './scim-unavailable-notice';
import { Time } from '../components/display/time';

/** Shows the status of the connection: not available, disabled, without requests yet, or connected. */
export function ConnectionStatus() {
  const { domain } = useAccess();
  const keys = useKeys(domain.domainId);
  const active = keys.data?.items.filter(({ status }) => status === 'active') ?? [];
  const lastUsedAt = active
    .flatMap((key) => key.lastUsedAt ?? [])
    .sort()
    .at(-1);
  const settings = <Link to={`/domains/${domain.domainId}/settings/scim`}>SCIM Provisioning</Link>;
  if (!domain.scimAvailable) return <ScimUnavailableNotice />;
  if (!domain.scimEnabled) {
    return (
      <Notice tone="warning" title="SCIM is disabled">
        <p>Enable SCIM under {settings} first. Until then, every request is refused.</p>
      </Notice>
    );
  }
  if (keys.isPending) return <Skeleton lines={1} />;
  if (!keys.data) return <ProblemNotice error={keys.error} onRetry={() => void keys.refetch()} />;
  if (lastUsedAt) {
    return (
      <Notice tone="good" title="Your identity provider is connected">
        <p>
          Last request: <Time at={lastUsedAt} />
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title="No requests yet">
      <p>This status changes within a minute of the first request.</p>
    </Notice>
  );
}
