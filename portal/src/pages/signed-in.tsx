import type { UserManager } from 'oidc-client-ts';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../components/button';
import { CentredPage } from '../components/centred-page';
import { Notice } from '../components/notice';
import { useSession } from '../session/session';

/** Where the issuer sends the browser back to. */
export function SignedIn({ manager }: { readonly manager: UserManager }) {
  const navigate = useNavigate();
  const { signIn } = useSession();
  const [failure, setFailure] = useState<string>();
  // A code is good for one exchange.
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    manager.signinCallback().then(
      (user) => {
        const { returnTo } = (user?.state ?? {}) as { returnTo?: string };
        void navigate(returnTo ?? '/', { replace: true });
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : 'No reason was given.'),
    );
  }, [manager, navigate]);
  if (failure === undefined) {
    return (
      <CentredPage title="Signing in">
        <p role="status">One moment …</p>
      </CentredPage>
    );
  }
  return (
    <CentredPage title="You are not signed in">
      <Notice tone="bad" title="The sign-in did not work" isAlert>
        <p>{failure}</p>
        <p>
          Try again. If it fails again, ask whoever gave you access whether your account may use this portal.
        </p>
      </Notice>
      <Button look="primary" onPress={() => void signIn('/')}>
        Sign in again
      </Button>
    </CentredPage>
  );
}
