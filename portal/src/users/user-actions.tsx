import { useState } from 'react';
import type { User } from '../api/schema';
import { useResendMail } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAccess } from '../session/access';
import { DeactivateUserDialog } from './deactivate-user-dialog';
import { ReplaceKeyDialog } from './replace-key-dialog';
import { t } from './messages';

/** The actions of an owner on a user. */
export function UserActions({ user }: { readonly user: User }) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const resend = useResendMail(domain.domainId);
  const [replacing, setReplacing] = useState(false);
  const [deactivating, setDeactivating] = useState(false);
  return (
    <>
      {user.license?.status === 'active' && user.license.email && (
        <Button
          icon="mail"
          isPending={resend.isPending}
          onPress={() =>
            resend.mutate(user.userId, {
              onSuccess: () =>
                announce(t('licenseKeyEmailedEmailAgain', { email: user.license?.email ?? '' })),
            })
          }
        >
          {t('resendEmail')}
        </Button>
      )}
      {user.license?.status === 'active' && (
        <Button icon="key" onPress={() => setReplacing(true)}>
          {t('replaceKey')}
        </Button>
      )}
      {user.active && (
        <Button variant="danger" onPress={() => setDeactivating(true)}>
          {t('deactivate')}
        </Button>
      )}
      {resend.error && <ProblemNotice error={resend.error} />}
      {replacing && <ReplaceKeyDialog user={user} onClose={() => setReplacing(false)} />}
      {deactivating && <DeactivateUserDialog user={user} onClose={() => setDeactivating(false)} />}
    </>
  );
}
