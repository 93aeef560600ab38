import { useState } from 'react';
import type { Connection } from '../../api/schema';
import { Button } from '../../components/controls/button';
import { Notice } from '../../components/display/notice';
import { Time } from '../../components/display/time';
import { RevokeCredentialDialog } from '../../credentials/revoke-credential-dialog';
import {
  activeCredentials,
  MAX_ACTIVE_SECRETS,
  rotationState,
  type RotationState,
} from '../../format/connection';
import { useConnectionAccess } from '../../session/access';
import { Message, t } from '../messages';

const NEXT_STEPS: Readonly<Record<RotationState, string>> = {
  waiting: t('enterNewSecretIdentityProvider'),
  'in-use': t('identityProviderStillHoldAccess'),
  done: t('oldSecretNotUsedSix'),
};

/** Shows the next step of a rotation while two client secrets are active. */
export function RotationNotice({ connection }: { readonly connection: Connection }) {
  const { mayChange } = useConnectionAccess();
  const [revoking, setRevoking] = useState(false);
  const [old, current] = activeCredentials(connection, 'client-secret').slice(-MAX_ACTIVE_SECRETS);
  if (!old || !current) return null;
  const state = rotationState(old, current, new Date());
  return (
    <>
      <Notice
        tone={state === 'done' ? 'good' : 'info'}
        title={current.lastUsedAt ? t('newClientSecretUse') : t('twoClientSecretsAreActive')}
        action={mayChange && <Button onPress={() => setRevoking(true)}>{t('revokeOldSecret')}</Button>}
      >
        {current.lastUsedAt && (
          <p>
            <Message id="lastRequestWithIt" components={{ time: <Time at={current.lastUsedAt} /> }} />
            {old.lastUsedAt && (
              <>
                {' '}
                <Message id="lastRequestOldOne" components={{ time: <Time at={old.lastUsedAt} /> }} />
              </>
            )}
          </p>
        )}
        <p>{NEXT_STEPS[state]}</p>
      </Notice>
      {revoking && (
        <RevokeCredentialDialog connection={connection} credential={old} onClose={() => setRevoking(false)} />
      )}
    </>
  );
}
