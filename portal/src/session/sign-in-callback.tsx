import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { CenteredPage } from '../layout/centered-page';
import { Notice } from '../components/display/notice';
import { SignInButton } from './sign-in-button';
import { useSession } from './session';

/** The page to which the issuer redirects the browser after a sign-in. */
export function SignInCallback() {
  const navigate = useNavigate();
  const { completeSignIn, idToken } = useSession();
  const [failure, setFailure] = useState<string>();
  // A code can be exchanged only once.
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    completeSignIn().then(
      (returnTo) => void navigate(returnTo, { replace: true }),
      (error: unknown) => setFailure(error instanceof Error ? error.message : 'No reason was given.'),
    );
  }, [completeSignIn, navigate]);
  if (failure === undefined) {
    return (
      <CenteredPage title="Signing in">
        <p role="status">One moment…</p>
      </CenteredPage>
    );
  }
  // The back button leads to the address of an earlier sign-in.
  if (idToken !== undefined) return <Navigate to="/" replace />;
  return (
    <CenteredPage title="You are not signed in">
      <Notice tone="bad" title="The sign-in failed" isAlert>
        <p>{failure}</p>
        <p>
          Try again. If it fails again, ask the person who gave you access whether your account can use this
          portal.
        </p>
      </Notice>
      <SignInButton returnTo="/">Sign in again</SignInButton>
    </CenteredPage>
  );
}
