import type { User, UserManager } from 'oidc-client-ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { toLocalPath } from './local-path';
import { renewUser } from './user-manager';

export interface Session {
  /** The ID token for the admin API; undefined if nobody is signed in. */
  readonly idToken?: string;
  /** The name or the email address to show. */
  readonly userName?: string;
  /** If true, the session has ended without a sign-out. */
  readonly hasExpired: boolean;
  /** If true, the page stays after the end of the session, because it shows something only once. */
  readonly isPagePreserved: boolean;
  /** Leaves the page for the sign-in. `returnTo` is the path to return to. */
  readonly signIn: (returnTo: string) => Promise<void>;
  /** Completes the sign-in with the parameters from the issuer, and returns the path to return to. */
  readonly completeSignIn: () => Promise<string>;
  /** Leaves the page, and ends the session at the issuer. */
  readonly signOut: () => Promise<void>;
  /** Returns a new ID token after one was refused or has expired; undefined if there is none. */
  readonly renew: () => Promise<string | undefined>;
  /** Ends the session after the API has refused the token. */
  readonly end: () => void;
  /** Preserves the page at the end of the session. Returns the function that ends this. */
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
  /** The user who is signed in when the page loads. */
  readonly initialUser: User | undefined;
  readonly children: ReactNode;
}

export function SessionProvider({ manager, initialUser, children }: SessionProviderProps) {
  const [user, setUser] = useState<User | undefined>(initialUser);
  const [hasExpired, setHasExpired] = useState(false);
  const [preserveCount, setPreserveCount] = useState(0);
  const actions = useMemo(() => createActions(manager), [manager]);

  const end = useMemo(
    () => () => {
      setUser(undefined);
      setHasExpired(true);
      void manager.removeUser();
    },
    [manager],
  );
  const preservePage = useMemo(
    () => () => {
      setPreserveCount((count) => count + 1);
      return () => setPreserveCount((count) => count - 1);
    },
    [],
  );

  useEffect(() => {
    const removeLoaded = manager.events.addUserLoaded((loaded) => {
      setUser(loaded);
      setHasExpired(false);
    });
    const removeExpiring = manager.events.addAccessTokenExpiring(() => void actions.renew());
    const removeExpired = manager.events.addAccessTokenExpired(() => {
      void actions.renew().then((token) => token ?? end());
    });
    return () => {
      removeLoaded();
      removeExpiring();
      removeExpired();
    };
  }, [manager, actions, end]);

  const session = useMemo<Session>(
    () => ({
      ...actions,
      idToken: user?.id_token,
      userName: user?.profile.name ?? user?.profile.email ?? user?.profile.preferred_username,
      hasExpired,
      isPagePreserved: preserveCount > 0,
      end,
      preservePage,
    }),
    [actions, user, hasExpired, preserveCount, end, preservePage],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

function createActions(
  manager: UserManager,
): Pick<Session, 'signIn' | 'completeSignIn' | 'signOut' | 'renew'> {
  // A refresh token may be valid for only one use, so concurrent callers share one renewal.
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

/** Signs out. Cognito needs its own parameters for the logout; other issuers ignore them. */
async function signOut(manager: UserManager): Promise<void> {
  const { client_id, post_logout_redirect_uri = '/' } = manager.settings;
  // Not every issuer supports revocation, and its failure must not prevent the sign-out.
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  await manager
    .signoutRedirect({ extraQueryParams: { client_id, logout_uri: post_logout_redirect_uri } })
    .catch(async () => {
      // The issuer has no logout page, so only the local session ends.
      await manager.removeUser();
      window.location.assign('/');
    });
}
