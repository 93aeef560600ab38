import { setTimeout as sleep } from 'node:timers/promises';
import {
  type OperationResult,
  type OperationInput,
  type OperationName,
  operationRequest,
  type OperationRequest,
} from '../../../portal/src/api/client/operation';
import { Failure, NotFound, Unavailable } from '../failure';

/** The address of the admin API and a token for it. */
export interface AdminAccess {
  /** Ends in `/admin/v1`. */
  readonly url: string;
  readonly token: string;
  /** Tells the user where to get another token; shown when the token is refused. */
  readonly tokenSource: string;
}

/** The address at which `npm start` listens. */
const LOOPBACK = '127.0.0.1';
const MAX_ATTEMPTS = 5;
/** A user does not wait longer without knowing why. */
const MAX_WAIT_SECONDS = 5;
const TIMEOUT_MS = 35_000;

/** A client of the admin API. Every error is a `Failure` whose message says what to do. */
export class AdminClient {
  constructor(
    private readonly access: AdminAccess,
    private readonly userAgent: string,
  ) {}

  /** Calls an operation and returns the parsed body of the response. */
  async call<N extends OperationName>(operation: N, input: OperationInput<N>): Promise<OperationResult<N>> {
    const response = await this.response(operation, input);
    const text = await response.text();
    if (text === '') return undefined;
    try {
      return JSON.parse(text) as OperationResult<N>;
    } catch {
      throw this.notAdminApi(response);
    }
  }

  /** Calls an operation and returns the response. After a 429 with a short wait, it waits and retries. */
  async response<N extends OperationName>(operation: N, input: OperationInput<N>): Promise<Response> {
    const request = operationRequest(this.access.url, operation, input);
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetch(request);
      if (response.ok) return response;
      const seconds = Number(response.headers.get('retry-after') ?? 1);
      if (response.status !== 429 || attempt === MAX_ATTEMPTS || !(seconds <= MAX_WAIT_SECONDS))
        throw await this.failureFrom(response, request.template);
      await sleep(1_000 * seconds);
    }
  }

  private async fetch({ url, method, body }: OperationRequest): Promise<Response> {
    try {
      return await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${this.access.token}`,
          'user-agent': this.userAgent,
          ...(body && { 'content-type': 'application/json' }),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      if (isRefused(error) && new URL(this.access.url).hostname === LOOPBACK)
        throw new Failure('The local system is not running. Start it with: npm start');
      throw new Unavailable(
        `The admin API at ${this.access.url} cannot be reached: ${reasonOf(error)}. ` +
          'Check the address and the network access of this machine.',
      );
    }
  }

  /**
   * Converts the problem details of the API (RFC 9457), or a response from something else, to a `Failure`.
   */
  private async failureFrom(response: Response, template: string): Promise<Failure> {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; requestId?: string };
    if (problem.detail === undefined) return this.notAdminApi(response);
    const { detail, requestId } = problem;
    if (response.status === 401)
      return new Failure(`The admin token was refused. ${this.access.tokenSource}`);
    const wait = response.headers.get('retry-after');
    if (response.status === 429 && wait !== null)
      return new Failure(`${detail} Try again ${waitText(Number(wait))}.`);
    if (response.status === 404) return new NotFound(`${detail}${listHint(template)}`);
    return response.status >= 500 ? new Unavailable(`${detail} (request ${requestId})`) : new Failure(detail);
  }

  private notAdminApi({ status, headers }: Response): Failure {
    const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
    return new (status >= 500 ? Unavailable : Failure)(
      `${this.access.url} returned ${status} with ${type}. ` +
        'This is not the admin API. Its address ends in /admin/v1.',
    );
  }
}

/** The commands that list the valid values of a path parameter. */
const LIST_COMMANDS: Readonly<Record<string, string>> = {
  domainId: 'domain list',
  keyId: 'key list <domainId>',
  userId: 'user list <domainId>',
  address: 'address list <domainId>',
};

/** Returns a time from now as a text, rounded up. */
function waitText(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'later';
  if (seconds < 120) return `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}

function listHint(template: string): string {
  const lists = [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => LIST_COMMANDS[name] ?? []);
  return lists.length > 0 ? ` See: ${lists.map((list) => `scim ${list}`).join('; ')}` : '';
}

interface FetchError {
  readonly message: string;
  readonly cause?: { readonly message?: string; readonly code?: string; readonly errors?: readonly Error[] };
}

/** Returns whether nothing listens at the address. */
const isRefused = (error: unknown): boolean => (error as FetchError).cause?.code === 'ECONNREFUSED';

/**
 * Returns why `fetch` failed. The reason is in the cause of its error. If a name has several addresses, it is
 * in the first error of the cause.
 */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as FetchError;
  return cause?.errors?.[0]?.message ?? cause?.message ?? message;
}
