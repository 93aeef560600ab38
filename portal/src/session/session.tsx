import type { User, UserManager } from 'oidc-client-ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { toLocalPath } from './local-path';
import { renewUser } from './user-manager';

export interface Session {
  /** The ID token, with which the admin API is called; undefined: nobody is signed in. */
  readonly idToken?: string;
  /** For the eye: a name or an address. */
  readonly userName?: string;
  /** Whether the session ended by itself. */
  readonly hasExpired: boolean;
  /** Whether the page stays although the session has ended, for what it shows for the only time. */
  readonly isPagePreserved: boolean;
  /** Leaves the page; `returnTo` is the path to come back to. */
  readonly signIn: (returnTo: string) => Promise<void>;
  /** Takes what the issuer sent the browser back with; gives the path to come back to. */
  readonly completeSignIn: () => Promise<string>;
  /** Leaves the page, and the issuer's session with it. */
  readonly signOut: () => Promise<void>;
  /** Another ID token in place of one that was refused or has expired; undefined: none is to be had. */
  readonly renew: () => Promise<string | undefined>;
  /** To be called where the API refuses the token. */
  readonly end: () => void;
  /** Gives the function that ends the hold. */
  readonly preservePage: () => () => void;
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
  readonly initialUser: User | undefined;
  readonly children: ReactNode;
}

export function SessionProvider({ manager, initialUser, children }: SessionProviderProps) {
  const [user, setUser] = useState<User | undefined>(initialUser);
  const [hasExpired, setEnded] = useState(false);
  const [holds, setHolds] = useState(0);
  const actions = useMemo(() => createActions(manager), [manager]);

  const end = useMemo(
    () => () => {
      setUser(undefined);
      setEnded(true);
      void manager.removeUser();
    },
    [manager],
  );
  const preservePage = useMemo(
    () => () => {
      setHolds((count) => count + 1);
      return () => setHolds((count) => count - 1);
    },
    [],
  );

  useEffect(() => {
    const stopLoaded = manager.events.addUserLoaded((loaded) => {
      setUser(loaded);
      setEnded(false);
    });
    const stopExpiring = manager.events.addAccessTokenExpiring(() => void actions.renew());
    const stopExpired = manager.events.addAccessTokenExpired(() => {
      void actions.renew().then((token) => token ?? end());
    });
    return () => {
      stopLoaded();
      stopExpiring();
      stopExpired();
    };
  }, [manager, actions, end]);

  const session = useMemo<Session>(
    () => ({
      ...actions,
      idToken: user?.id_token,
      userName: user?.profile.name ?? user?.profile.email ?? user?.profile.preferred_username,
      hasExpired,
      isPagePreserved: holds > 0,
      end,
      preservePage,
    }),
    [actions, user, hasExpired, holds, end, preservePage],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

function createActions(
  manager: UserManager,
): Pick<Session, 'signIn' | 'completeSignIn' | 'signOut' | 'renew'> {
  // A refresh token may be good for one use, so those who ask at the same time share the answer.
  let renewing: Promise<string | undefined> | undefined;
  return {
    signIn: (returnTo) => manager.signinRedirect({ state: { returnTo } }),
    completeSignIn: async () => {
      const user = await manager.signinCallback();
      return toLocalPath(((user?.state ?? {}) as { returnTo?: string }).returnTo ?? '/');
    },
    signOut: () => signOut(manager),
    renew: () => {
      renewing ??= renewUser(manager)
        .then((user) => user?.id_token)
        .finally(() => {
          renewing = undefined;
        });
      return renewing;
    },
  };
}

/** Cognito wants its own parameters at its logout; other issuers ignore them. */
async function signOut(manager: UserManager): Promise<void> {
  const { client_id, post_logout_redirect_uri = '/' } = manager.settings;
  // Not every issuer takes tokens back, and one that does not is no reason to stay signed in.
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  await manager
    .signoutRedirect({ extraQueryParams: { client_id, logout_uri: post_logout_redirect_uri } })
    .catch(async () => {
      // An issuer without such a page: the session ends here.
      await manager.removeUser();
      window.location.assign('/');
    });
}
