import { Outlet } from 'react-router';
import { useSession } from './session';
import { SignInPage } from './sign-in-page';

/** Shows the requested page, or the sign-in page, which returns to it. */
export function RequireSession() {
  const { idToken, isPagePreserved } = useSession();
  return idToken === undefined && !isPagePreserved ? <SignInPage /> : <Outlet />;
}
