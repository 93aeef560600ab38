import { useState } from 'react';
import type { Connection, Credential } from '../../api/schema';
import { Button } from '../../components/controls/button';
import { AddTrustDialog } from '../../credentials/add-trust-dialog';
import { GenerateKeyDialog } from '../../credentials/generate-key-dialog';
import { GenerateSecretDialog } from '../../credentials/generate-secret-dialog';
import { activeCredentials, MAX_ACTIVE_SECRETS } from '../../format/connection';
import { t } from '../messages';

type CredentialType = Credential['type'];

const DIALOGS = {
  'scim-key': GenerateKeyDialog,
  'client-secret': GenerateSecretDialog,
  trust: AddTrustDialog,
};

interface AddCredentialButtonsProps {
  readonly connection: Connection;
  /** @default what the identity provider of the connection supports */
  readonly types?: readonly CredentialType[];
}

/** A button for each type of credential that the connection can get. */
export function AddCredentialButtons({
  connection,
  types = supportedTypes(connection),
}: AddCredentialButtonsProps) {
  const [adding, setAdding] = useState<CredentialType>();
  const secrets = activeCredentials(connection, 'client-secret').length;
  const labels: Readonly<Record<CredentialType, string>> = {
    'scim-key': t('generateScimKey'),
    'client-secret': secrets === 0 ? t('generateClientSecret') : t('rotateClientSecret'),
    trust: t('addWorkloadIdentityTrust'),
  };
  const AddDialog = adding && DIALOGS[adding];
  return (
    <>
      <div className="button-row">
        {types.map((type) => (
          <Button
            key={type}
            icon={type === 'trust' ? 'plus' : 'key'}
            isDisabled={type === 'client-secret' && secrets >= MAX_ACTIVE_SECRETS}
            onPress={() => setAdding(type)}
          >
            {labels[type]}
          </Button>
        ))}
      </div>
      {AddDialog && <AddDialog connection={connection} onClose={() => setAdding(undefined)} />}
    </>
  );
}

/** Okta's SCIM client sends a key. It supports neither client credentials nor assertions. */
const supportedTypes = ({ identityProvider }: Connection): readonly CredentialType[] =>
  identityProvider === 'okta' ? ['scim-key'] : ['scim-key', 'client-secret', 'trust'];
