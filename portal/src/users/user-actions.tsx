import { useState } from 'react';
import type { User } from '../api/schema';
import { useResendMail } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAccess } from '../session/access';
import { DeactivateUserDialog } from './deactivate-user-dialog';

/** What an owner may do with a user's license. */
export function UserActions({ user }: { readonly user: User }) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const resend = useResendMail(domain.domainId);
  const [deactivating, setDeactivating] = useState(false);
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
        <Button variant="danger" onPress={() => setDeactivating(true)}>
          Deactivate
        </Button>
      )}
      {resend.error && <ProblemNotice error={resend.error} />}
      {deactivating && <DeactivateUserDialog user={user} onClose={() => setDeactivating(false)} />}
    </>
  );
}
