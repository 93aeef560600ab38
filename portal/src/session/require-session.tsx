import { Outlet } from 'react-router';
import { useSession } from './session';
import { SignIn } from './sign-in-page';

/** Shows the page that was asked for, or the sign-in that comes back to it. */
export function RequireSession() {
  const { idToken, isHeld } = useSession();
  return idToken === undefined && !isHeld ? <SignIn /> : <Outlet />;
}
