import { useLocation } from 'react-router';
import { CenteredPage } from '../layout/centered-page';
import { Notice } from '../components/display/notice';
import { SignInButton } from './sign-in-button';
import { useProductName } from './deployment';
import { useSession } from './session';

export function SignInPage() {
  const { hasExpired } = useSession();
  const { pathname, search, hash } = useLocation();
  const productName = useProductName();
  return (
    <CenteredPage title={`${productName} licenses`}>
      <p>See who has a license, connect your identity provider, and view the audit log.</p>
      {hasExpired && (
        <Notice tone="info" title="Your session has ended">
          <p>Sign in again to return to this page.</p>
        </Notice>
      )}
      <SignInButton returnTo={pathname + search + hash} />
    </CenteredPage>
  );
}
