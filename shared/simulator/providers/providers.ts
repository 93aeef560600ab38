import type { Provider } from '../step';
import type { ProviderId } from '../provider-id';
import { ENTRA } from './entra';
import { JUMPCLOUD } from './jumpcloud';
import { KEYCLOAK } from './keycloak';
import { OKTA } from './okta';
import { ONELOGIN } from './onelogin';

/** The identity providers that can be simulated. */
export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  okta: OKTA,
  entra: ENTRA,
  onelogin: ONELOGIN,
  jumpcloud: JUMPCLOUD,
  keycloak: KEYCLOAK,
};
