import type { BenchResponse } from '../contention/bench-domain';

/** Returns the parameters and headers by which a client authenticates at the token endpoint. */
export type Authentication = () => Promise<{
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}>;

/** An access token, and the number of its requests that have no response yet. */
interface TokenInUse {
  readonly accessToken: Promise<string>;
  requests: number;
  inFlight: number;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * The SCIM client of Entra ID. It takes a new access token after `requestsPerToken` requests, not only every
 * hour.
 */
export class EntraClient {
  /** The tokens that were requested. */
  tokens = 0;
  /** The responses without a token, and the errors of SCIM. */
  readonly failures: { readonly request: string; readonly response: BenchResponse }[] = [];
  private token: TokenInUse | undefined;
  private readonly inUse = new Set<TokenInUse>();

  constructor(
    private readonly urls: { readonly baseUrl: string; readonly tokenUrl: string },
    private authentication: Authentication,
    private readonly requestsPerToken: number,
  ) {}

  /**
   * Authenticates differently from now on. Resolves when no request with an earlier token is in progress, so
   * that the former credential can be revoked.
   */
  async authenticateBy(authentication: Authentication): Promise<void> {
    this.authentication = authentication;
    this.token = undefined;
    const former = [...this.inUse];
    while (former.some(({ inFlight }) => inFlight > 0)) await new Promise(setImmediate);
  }

  /** Sends a SCIM request. `path` is below the base URL. */
  async request(method: string, path: string, body?: object): Promise<BenchResponse> {
    const token = this.currentToken();
    token.inFlight++;
    try {
      const response = await send(this.urls.baseUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${await token.accessToken}`,
          ...(body && { 'content-type': 'application/scim+json; charset=utf-8' }),
        },
        body: body && JSON.stringify(body),
      });
      this.note(`${method} ${path}`, response);
      return response;
    } finally {
      token.inFlight--;
      if (token !== this.token && token.inFlight === 0) this.inUse.delete(token);
    }
  }

  private currentToken(): TokenInUse {
    if (!this.token || this.token.requests >= this.requestsPerToken) {
      this.token = { accessToken: this.requestToken(), requests: 0, inFlight: 0 };
      this.inUse.add(this.token);
    }
    this.token.requests++;
    return this.token;
  }

  private async requestToken(): Promise<string> {
    this.tokens++;
    const { form, headers } = await this.authentication();
    const response = await send(this.urls.tokenUrl, {
      method: 'POST',
      headers: { 'content-type': FORM, ...headers },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'scim', ...form }).toString(),
    });
    this.note('POST token', response);
    return (response.body as { access_token?: string } | undefined)?.access_token ?? 'none';
  }

  private note(request: string, response: BenchResponse): void {
    if (response.status >= 400) this.failures.push({ request, response });
  }
}

async function send(url: string, options: RequestInit): Promise<BenchResponse> {
  const response = await fetch(url, options);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
