import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useSession } from '../session/session';

interface LeaveGuard {
  /** Whether somebody is about to leave the page by a link or the back button. */
  readonly isLeaving: boolean;
  readonly leave: () => void;
  readonly stay: () => void;
}

/** Keeps the page while it shows what is not shown again: through the end of the session, and until leaving is confirmed. */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const { preservePage } = useSession();
  const blocker = useBlocker(isActive);
  useEffect(() => preservePage(), [preservePage]);
  useEffect(() => {
    if (!isActive) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isActive]);
  return {
    isLeaving: blocker.state === 'blocked',
    leave: () => blocker.proceed?.(),
    stay: () => blocker.reset?.(),
  };
}
