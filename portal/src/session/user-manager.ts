import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Config } from '../config';

export const SIGNED_IN_PATH = '/signed-in';

/** Signs in by authorization code with PKCE. The session lasts as long as the tab, renewed where there is a refresh token. */
export function createUserManager({ issuer, clientId, scope }: Config): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: origin + SIGNED_IN_PATH,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    scope,
    // Of this tab alone, and gone with it; in memory, loading the page again would end the session.
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // Without a refresh token it would open a frame, which the page's policy refuses; session.tsx renews.
    automaticSilentRenew: false,
  });
}

/** Who is signed in as the page is loaded. A computer that slept wakes up with a token that has expired. */
export async function loadCurrentUser(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser();
  if (!user?.expired) return user ?? undefined;
  return renewUser(manager);
}

/** With new tokens by the refresh token; undefined where there is none or the issuer refuses it. */
export async function renewUser(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser();
  if (!user?.refresh_token) return undefined;
  return (await manager.signinSilent().catch(() => undefined)) ?? undefined;
}
