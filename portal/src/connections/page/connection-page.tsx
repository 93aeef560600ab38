import { Link, useParams } from 'react-router';
import { useConnection } from '../../api/connections/connections';
import type { Connection } from '../../api/schema';
import { ConnectionTestCard } from '../../connection-test/connection-test-card';
import { CopyFields } from '../copy-fields';
import { Card } from '../../components/display/card';
import { DocsLink } from '../../components/display/docs-link';
import { Icon } from '../../components/display/icon';
import { ProblemNotice } from '../../components/display/problem-notice';
import { Skeleton } from '../../components/display/skeleton';
import { Tag } from '../../components/display/tag';
import { Day } from '../../components/display/time';
import { connectionStatusLabel, hasTrust, IDENTITY_PROVIDERS } from '../../format/connection';
import { clientValues, scimUrlValue } from '../../format/connection-values';
import { visible } from '../../format/visible';
import { PageHeader } from '../../layout/page-header';
import { useAccess } from '../../session/access';
import { AssertionTestCard } from './assertion-test-card';
import { ConnectionFindingsCard } from './connection-findings-card';
import { ConnectionForm } from './connection-form';
import { GUIDE_PAGES, guidePath } from '../connection-path';
import { ConnectionStatus } from './connection-status';
import { CredentialsCard } from './credentials-card';
import { RevokeConnectionCard } from './revoke-connection-card';
import { RolesConfirmationCard } from './roles-confirmation-card';
import { Message, t } from '../messages';

export function ConnectionPage() {
  const { domain } = useAccess();
  const { connectionId = '' } = useParams();
  const connection = useConnection(domain.domainId, connectionId);
  return (
    <>
      <Link className="back-link" to={`/domains/${domain.domainId}/settings/scim`}>
        <Icon name="arrowLeft" />
        {t('scimProvisioning')}
      </Link>
      {!connection.data && <PageHeader title={t('connection')} />}
      {!connection.data && connection.error && (
        <ProblemNotice error={connection.error} onRetry={() => void connection.refetch()} />
      )}
      {connection.isPending && <Skeleton lines={8} />}
      {connection.data && <ConnectionDetails connection={connection.data} />}
    </>
  );
}

function ConnectionDetails({ connection }: { readonly connection: Connection }) {
  const { domain, mayChange } = useAccess();
  const { tone, text } = connectionStatusLabel(connection);
  const guide = guidePath(domain.domainId, connection);
  const isActive = connection.revokedAt === undefined;
  return (
    <>
      <PageHeader
        title={visible(connection.name)}
        aside={<Tag tone={tone}>{text}</Tag>}
        description={
          <>
            {IDENTITY_PROVIDERS[connection.identityProvider]},{' '}
            <Message id="createdDay" components={{ day: <Day at={connection.createdAt} /> }} />
          </>
        }
        actions={
          isActive &&
          (guide === undefined ? (
            <DocsLink page={GUIDE_PAGES[connection.identityProvider]}>{t('openTheGuides')}</DocsLink>
          ) : (
            <Link className="button button-secondary" to={guide}>
              {t('openTheGuide')}
            </Link>
          ))
        }
      />
      <ConnectionStatus connection={connection} />
      {isActive && <ValuesCard connection={connection} />}
      <CredentialsCard connection={connection} />
      {mayChange && hasTrust(connection) && <AssertionTestCard connection={connection} />}
      {mayChange && isActive && <ConnectionTestCard key={connection.connectionId} connection={connection} />}
      <ConnectionFindingsCard connection={connection} />
      {isActive && <RolesConfirmationCard connection={connection} />}
      <ActivityCard connection={connection} />
      {mayChange && isActive && (
        <>
          <ConnectionForm key={connection.connectionId} connection={connection} />
          <RevokeConnectionCard connection={connection} />
        </>
      )}
    </>
  );
}

/**
 * The values that the user enters in the identity provider. Okta needs only the URL, because it sends a SCIM
 * key.
 */
function ValuesCard({ connection }: { readonly connection: Connection }) {
  const isKeyOnly = connection.identityProvider === 'okta';
  return (
    <Card
      title={t('valuesForYourIdentityProvider')}
      description={isKeyOnly ? t('enterUrlScimKeyIdentity') : t('scimKeyEnterOnlyUrl')}
    >
      <CopyFields
        values={
          isKeyOnly
            ? [scimUrlValue(connection)]
            : [...clientValues(connection), { label: t('metadataUrl'), value: connection.metadataUrl }]
        }
      />
    </Card>
  );
}

function ActivityCard({ connection: { connectionId } }: { readonly connection: Connection }) {
  const { domain } = useAccess();
  const pathOf = (page: string) => `/domains/${domain.domainId}/${page}?connection=${connectionId}`;
  return (
    <Card title={t('activity')} description={t('whatConnectionWhatChanged')}>
      <p className="link-list">
        <Link to={pathOf('requests')}>{t('viewRequests')}</Link>
        <Link to={pathOf('audit-log')}>{t('viewInAuditLog')}</Link>
      </p>
    </Card>
  );
}
