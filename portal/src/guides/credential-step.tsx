import type { ReactNode } from 'react';
import type { Connection, Credential } from '../api/schema';
import { AddCredentialButtons } from '../connections/page/add-credential-buttons';
import { RotationNotice } from '../connections/page/rotation-notice';
import { activeCredentials } from '../format/connection';
import { useConnectionAccess } from '../session/access';
import { t } from './messages';

interface CredentialStepProps {
  readonly connection: Connection | undefined;
  readonly type: Credential['type'];
  /** Says what to do. */
  readonly children: ReactNode;
}

/** The step of a guide that adds a credential to the connection. */
export function CredentialStep({ connection, type, children }: CredentialStepProps) {
  const { mayChange } = useConnectionAccess();
  if (!mayChange) return <p>{t(`askOwner.${type}`)}</p>;
  if (!connection) return <p>{t('createTheConnectionAboveFirst')}</p>;
  const count = activeCredentials(connection, type).length;
  return (
    <>
      {children}
      {count > 0 && <p className="subtle">{t(`active.${type}`, { count })}</p>}
      {type === 'client-secret' && <RotationNotice connection={connection} />}
      <AddCredentialButtons connection={connection} types={[type]} />
    </>
  );
}
