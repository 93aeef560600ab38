/** `/config.json`: what a deployment tells its page. */
export interface Config {
  /** The OpenID issuer, whose discovery document says the rest. */
  readonly issuer: string;
  readonly clientId: string;
  /** Space separated. */
  readonly scope: string;
  /** Path of the admin API on this origin, without a trailing slash. */
  readonly adminApi: string;
  readonly docsUrl: string;
  readonly productName: string;
}

/** Throws where the page is not installed completely. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  return (await response.json()) as Config;
}
