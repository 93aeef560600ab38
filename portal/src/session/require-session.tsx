import { Outlet } from 'react-router';
import { useSession } from './session';
import { SignInPage } from './sign-in-page';

/** Shows the page that was asked for, or the sign-in that comes back to it. */
export function RequireSession() {
  const { idToken, isPagePreserved } = useSession();
  return idToken === undefined && !isPagePreserved ? <SignInPage /> : <Outlet />;
}
