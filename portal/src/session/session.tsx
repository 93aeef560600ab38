import type { User, UserManager } from 'oidc-client-ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

export interface Session {
  /** The ID token, with which the admin API is called; undefined: nobody is signed in. */
  readonly idToken?: string;
  /** For the eye: a name or an address. */
  readonly userName?: string;
  /** Whether the session ended by itself. */
  readonly ended: boolean;
  /** Leaves the page; `returnTo` is the path to come back to. */
  readonly signIn: (returnTo: string) => Promise<void>;
  /** Leaves the page, and the issuer's session with it. */
  readonly signOut: () => Promise<void>;
  /** To be called where the API refuses the token. */
  readonly end: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no SessionProvider.');
  return session;
}

interface SessionProviderProps {
  readonly manager: UserManager;
  /** Who is signed in when the page is loaded. */
  readonly initial: User | undefined;
  readonly children: ReactNode;
}

export function SessionProvider({ manager, initial, children }: SessionProviderProps) {
  const [user, setUser] = useState<User | undefined>(initial);
  const [ended, setEnded] = useState(false);

  useEffect(() => {
    const stopLoaded = manager.events.addUserLoaded((loaded) => {
      setUser(loaded);
      setEnded(false);
    });
    const stopExpired = manager.events.addAccessTokenExpired(() => {
      setUser(undefined);
      setEnded(true);
    });
    const stopExpiring = manager.events.addAccessTokenExpiring(() => void renew(manager));
    return () => {
      stopLoaded();
      stopExpired();
      stopExpiring();
    };
  }, [manager]);

  const session = useMemo<Session>(
    () => ({
      idToken: user?.id_token,
      userName: user?.profile.name ?? user?.profile.email ?? user?.profile.preferred_username,
      ended,
      signIn: (returnTo) => manager.signinRedirect({ state: { returnTo } }),
      signOut: () => signOut(manager),
      end: () => {
        setUser(undefined);
        setEnded(true);
        void manager.removeUser();
      },
    }),
    [manager, user, ended],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Where it fails, the session ends when its token does. */
async function renew(manager: UserManager): Promise<void> {
  const user = await manager.getUser();
  if (user?.refresh_token) await manager.signinSilent().catch(() => undefined);
}

/** Cognito wants its own parameters at its logout; other issuers ignore them. */
async function signOut(manager: UserManager): Promise<void> {
  const { client_id, post_logout_redirect_uri = '/' } = manager.settings;
  await manager
    .signoutRedirect({ extraQueryParams: { client_id, logout_uri: post_logout_redirect_uri } })
    .catch(async () => {
      // An issuer without such a page: the session ends here.
      await manager.removeUser();
      window.location.assign('/');
    });
}
