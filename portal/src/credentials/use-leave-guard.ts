import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useSession } from '../session/session';

interface LeaveGuard {
  /** If true, the user is about to leave the page through a link or the back button. */
  readonly isLeaving: boolean;
  readonly leave: () => void;
  readonly stay: () => void;
}

/**
 * Keeps a page that shows something only once. The page stays when the session ends, and leaving it needs a
 * confirmation.
 */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const { preservePage } = useSession();
  const blocker = useBlocker(isActive);
  useEffect(() => preservePage(), [preservePage]);
  useEffect(() => {
    if (!isActive) return;
    const preventUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', preventUnload);
    return () => window.removeEventListener('beforeunload', preventUnload);
  }, [isActive]);
  return {
    isLeaving: blocker.state === 'blocked',
    leave: () => blocker.proceed?.(),
    stay: () => blocker.reset?.(),
  };
}
