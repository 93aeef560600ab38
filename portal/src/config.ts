import type { HelpSettings } from './help/help-settings';

/** The content of `/config.json`: the settings of the deployment for its page. */
export interface Config {
  /** The OpenID issuer. Its discovery document contains the endpoints. */
  readonly issuer: string;
  readonly clientId: string;
  /** The OAuth scopes, separated by spaces. */
  readonly scope: string;
  /** The path of the admin API on this origin, without a trailing slash. */
  readonly adminApi: string;
  /** The URL or path of the published documents for operators. */
  readonly docsUrl: string;
  /** Tells owners how to get SCIM if it is not available to their domain. */
  readonly contactText?: string;
  readonly productName: string;
  /** The values of the deployment that help pages show. */
  readonly help: HelpSettings;
}

/** Loads the settings. Throws if the deployment has no `/config.json`. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  return (await response.json()) as Config;
}
