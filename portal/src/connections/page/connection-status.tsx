import { Link } from 'react-router';
import type { Connection } from '../../api/schema';
import { Notice } from '../../components/display/notice';
import { Time } from '../../components/display/time';
import { connectionState, lastRequestAt } from '../../format/connection';
import { ScimUnavailableNotice } from '../../provisioning/scim-unavailable-notice';
import { useAccess } from '../../session/access';
import { Message, t } from '../messages';

/**
 * Shows the status of a connection. It is connected only by a request with one of its own credentials.
 * Without a connection, shows only what prevents every connection.
 */
export function ConnectionStatus({ connection }: { readonly connection: Connection | undefined }) {
  const { domain } = useAccess();
  if (!domain.scimAvailable) return <ScimUnavailableNotice />;
  if (!domain.scimEnabled) {
    return (
      <Notice tone="warning" title={t('scimIsDisabled')}>
        <p>
          <Message
            id="enableScimFirst"
            components={{ page: <Link to={`/domains/${domain.domainId}/settings/scim`} /> }}
          />
        </p>
      </Notice>
    );
  }
  if (!connection) return null;
  switch (connectionState(connection)) {
    case 'revoked':
      return (
        <Notice tone="warning" title={t('thisConnectionIsRevoked')}>
          <p>{t('allCredentialsRefusedCreateAnother')}</p>
        </Notice>
      );
    case 'no-credential':
    case 'expired':
      return (
        <Notice tone="warning" title={t('connectionNoCredentialWorks')}>
          <p>{t('addCredentialEnterIdentityProvider')}</p>
        </Notice>
      );
    case 'waiting':
      return (
        <Notice tone="info" title={t('noRequestsYet')}>
          <p>{t('statusChangesWithinMinuteFirst')}</p>
        </Notice>
      );
    case 'connected':
      return (
        <Notice tone="good" title={t('yourIdentityProviderIsConnected')}>
          <p>
            <Message
              id="lastRequestOfThisConnection"
              components={{ time: <Time at={lastRequestAt(connection) ?? ''} /> }}
            />
          </p>
        </Notice>
      );
  }
}
