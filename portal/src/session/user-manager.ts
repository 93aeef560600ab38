import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Config } from '../config';

export const SIGNED_IN_PATH = '/signed-in';

/**
 * Creates a manager that signs in by authorization code with PKCE. The session ends with the tab, and is
 * renewed if there is a refresh token.
 */
export function createUserManager({ issuer, clientId, scope }: Config): UserManager {
  const origin = window.location.origin;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: origin + SIGNED_IN_PATH,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    scope,
    // Session storage belongs to one tab and is deleted with it. In memory, a reload would end the session.
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // Without a refresh token it would open a frame, which the page's policy forbids. session.tsx renews
    // tokens.
    automaticSilentRenew: false,
  });
}

/**
 * Returns the user who is signed in when the page loads. Renews a token that expired, such as during sleep.
 */
export async function loadCurrentUser(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser();
  if (!user?.expired) return user ?? undefined;
  return renewUser(manager);
}

/** Returns the user with new tokens; undefined without a refresh token or if the issuer refuses it. */
export async function renewUser(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser();
  if (!user?.refresh_token) return undefined;
  return (await manager.signinSilent().catch(() => undefined)) ?? undefined;
}
