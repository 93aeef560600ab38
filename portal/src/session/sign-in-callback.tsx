import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { CenteredPage } from '../layout/centered-page';
import { Notice } from '../components/display/notice';
import { SignInButton } from './sign-in-button';
import { useSession } from './session';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

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
      (error: unknown) => setFailure(error instanceof Error ? error.message : ''),
    );
  }, [completeSignIn, navigate]);
  if (failure === undefined) {
    return (
      <CenteredPage title={t('signingIn')}>
        <p role="status">{t('oneMoment')}</p>
      </CenteredPage>
    );
  }
  // The back button leads to the address of an earlier sign-in.
  if (idToken !== undefined) return <Navigate to="/" replace />;
  return (
    <CenteredPage title={t('youAreNotSignedIn')}>
      <Notice tone="bad" title={t('theSignInFailed')} isAlert>
        <p>{failure === '' ? t('noReasonWasGiven') : <ServiceText>{failure}</ServiceText>}</p>
        <p>{t('tryAgainFailsAgainAsk')}</p>
      </Notice>
      <SignInButton returnTo="/">{t('signInAgain')}</SignInButton>
    </CenteredPage>
  );
}
