import { Link } from 'react-router';
import type { Connection } from '../api/schema';
import { Notice } from '../components/display/notice';
import { Time } from '../components/display/time';
import { connectionState, lastRequestAt } from '../format/connection';
import { ScimUnavailableNotice } from '../provisioning/scim-unavailable-notice';
import { useAccess } from '../session/access';

/**
 * Shows the status of a connection. It is connected only by a request with one of its own credentials. Without a
 * connection, shows only what prevents every connection.
 */
export function ConnectionStatus({ connection }: { readonly connection: Connection | undefined }) {
  const { domain } = useAccess();
  if (!domain.scimAvailable) return <ScimUnavailableNotice />;
  if (!domain.scimEnabled) {
    const settings = <Link to={`/domains/${domain.domainId}/settings/scim`}>SCIM Provisioning</Link>;
    return (
      <Notice tone="warning" title="SCIM is disabled">
        <p>Enable SCIM under {settings} first. Until then, every request is refused.</p>
      </Notice>
    );
  }
  if (!connection) return null;
  switch (connectionState(connection)) {
    case 'revoked':
      return (
        <Notice tone="warning" title="This connection is revoked">
          <p>All its credentials are refused. Create another connection to connect again.</p>
        </Notice>
      );
    case 'no-credential':
    case 'expired':
      return (
        <Notice tone="warning" title="This connection has no credential that works">
          <p>Add a credential and enter it in your identity provider.</p>
        </Notice>
      );
    case 'waiting':
      return (
        <Notice tone="info" title="No requests yet">
          <p>This status changes within a minute of the first request of this connection.</p>
        </Notice>
      );
    case 'connected':
      return (
        <Notice tone="good" title="Your identity provider is connected">
          <p>
            Last request of this connection: <Time at={lastRequestAt(connection) ?? ''} />
          </p>
        </Notice>
      );
  }
}
