import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
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
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // Without a refresh token it would open a frame, which the page's policy refuses; session.tsx renews.
    automaticSilentRenew: false,
  });
}
