import { useLocation } from 'react-router';
import { CentredPage } from '../components/centred-page';
import { Notice } from '../components/notice';
import { SignInButton } from '../components/sign-in-button';
import { useProductName } from '../session/deployment';
import { useSession } from '../session/session';

export function SignIn() {
  const { ended } = useSession();
  const { pathname, search } = useLocation();
  const productName = useProductName();
  return (
    <CentredPage title={`${productName} licenses`}>
      <p>See who holds a license, connect your identity provider, and look up what happened.</p>
      {ended && (
        <Notice tone="info" title="Your session has ended">
          <p>Sign in again; you come back to this page.</p>
        </Notice>
      )}
      <SignInButton returnTo={pathname + search} />
    </CentredPage>
  );
}
