import { useState } from 'react';
import type { User } from '../api/schema';
import { useDeactivateUser, useResendMail } from '../api/users';
import { useAnnounce } from '../components/announcer';
import { Button } from '../components/button';
import { ConfirmDialog } from '../components/confirm-dialog';
import { ProblemNotice } from '../components/problem-notice';
import { useAccess } from '../session/access';

/** What an owner may do with a user's license. */
export function UserActions({ user }: { readonly user: User }) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const resend = useResendMail(domain.domainId);
  const deactivate = useDeactivateUser(domain.domainId);
  const [asking, setAsking] = useState(false);
  const name = user.displayName ?? user.userName;
  return (
    <>
      {user.license?.status === 'active' && (
        <Button
          icon="mail"
          isPending={resend.isPending}
          onPress={() =>
            resend.mutate(user.userId, {
              onSuccess: () =>
                announce(`The license key is mailed to ${user.license?.email} once more, within a minute.`),
            })
          }
        >
          Resend mail
        </Button>
      )}
      {user.active && (
        <Button look="danger" onPress={() => setAsking(true)}>
          Deactivate
        </Button>
      )}
      {resend.error && <ProblemNotice error={resend.error} />}
      <ConfirmDialog
        title={`Deactivate ${name}?`}
        confirm="Deactivate"
        isOpen={asking}
        isPending={deactivate.isPending}
        error={deactivate.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          deactivate.mutate(user.userId, {
            onSuccess: () => {
              setAsking(false);
              announce(`${name} is deactivated.`);
            },
          })
        }
      >
        <p>The license ends at once, and {user.license?.email ?? 'the user'} is told so by mail.</p>
        <p>Your identity provider may activate the user again; then there is a new license key.</p>
      </ConfirmDialog>
    </>
  );
}
