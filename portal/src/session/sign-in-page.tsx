import { useLocation } from 'react-router';
import { CentredPage } from '../layout/centered-page';
import { Notice } from '../components/display/notice';
import { SignInButton } from './sign-in-button';
import { useProductName } from './deployment';
import { useSession } from './session';

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
