import type { ReactNode } from 'react';
import type { Connection, Credential } from '../api/schema';
import { AddCredentialButtons } from '../connections/add-credential-buttons';
import { RotationNotice } from '../connections/rotation-notice';
import { activeCredentials, credentialNoun } from '../format/connection';
import { useConnectionAccess } from '../session/access';

interface CredentialStepProps {
  readonly connection: Connection | undefined;
  readonly type: Credential['type'];
  /** Says what to do. */
  readonly children: ReactNode;
}

/** The step of a guide that adds a credential to the connection. */
export function CredentialStep({ connection, type, children }: CredentialStepProps) {
  const { mayChange } = useConnectionAccess();
  const noun = credentialNoun(type);
  if (!mayChange) return <p>Ask an owner of this domain to add a {noun}.</p>;
  if (!connection) return <p>Create the connection above first.</p>;
  const count = activeCredentials(connection, type).length;
  return (
    <>
      {children}
      {count > 0 && (
        <p className="subtle">
          This connection has {count} active {noun}
          {count === 1 ? '' : 's'}. If you have lost one, revoke it, and generate another one.
        </p>
      )}
      {type === 'client-secret' && <RotationNotice connection={connection} />}
      <AddCredentialButtons connection={connection} types={[type]} />
    </>
  );
}
