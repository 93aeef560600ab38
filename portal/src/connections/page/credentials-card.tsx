import type { Connection } from '../../api/schema';
import { Card } from '../../components/display/card';
import { EmptyState } from '../../components/display/empty-state';
import { CredentialsTable } from '../../credentials/credentials-table';
import { useAccess } from '../../session/access';
import { AddCredentialButtons } from './add-credential-buttons';
import { RotationNotice } from './rotation-notice';
import { t } from '../messages';

/** Lists the credentials of a connection, and adds and revokes them. */
export function CredentialsCard({ connection }: { readonly connection: Connection }) {
  const { mayChange } = useAccess();
  const canAdd = mayChange && !connection.revokedAt;
  return (
    <Card title={t('credentials')} description={t('identityProviderAuthenticatesOneCredentials')}>
      <RotationNotice connection={connection} />
      {connection.credentials.length === 0 ? (
        <EmptyState icon="key" title={t('noCredentialsYet')}>
          {canAdd ? t('addOneBelow') : t('askOwnerDomainAddOne')}
        </EmptyState>
      ) : (
        <CredentialsTable connection={connection} />
      )}
      {canAdd && connection.credentials.length > 0 && <p className="subtle">{t('howToReplaceCredential')}</p>}
      {canAdd && <AddCredentialButtons connection={connection} />}
    </Card>
  );
}
