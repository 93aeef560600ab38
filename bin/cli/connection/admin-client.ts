import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Answer,
  type Input,
  type OperationName,
  operationRequest,
  type OperationRequest,
} from '../../../portal/src/api/operation';
import { Failure } from '../failure';

/** Where the admin API is, and the token that opens it. */
export interface AdminAccess {
  /** Ends in `/admin/v1`. */
  readonly url: string;
  readonly token: string;
  /** Where another token comes from, said to the one whose token is refused. */
  readonly tokenSource: string;
}

const TRIES = 5;
const TIMEOUT_MS = 35_000;

/** Calls the admin API. Whatever goes wrong is a `Failure` that says what to do. */
export class AdminClient {
  constructor(
    private readonly access: AdminAccess,
    private readonly userAgent: string,
  ) {}

  /** The answer's body. */
  async call<N extends OperationName>(operation: N, input: Input<N>): Promise<Answer<N>> {
    const response = await this.response(operation, input);
    const text = await response.text();
    if (text === '') return undefined;
    try {
      return JSON.parse(text) as Answer<N>;
    } catch {
      throw this.notTheApi(response);
    }
  }

  /** As `call`, for an answer that is not JSON, or whose headers matter. Waits where the API asks for it. */
  async response<N extends OperationName>(operation: N, input: Input<N>): Promise<Response> {
    const request = operationRequest(this.access.url, operation, input);
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetch(request);
      if (response.ok) return response;
      if (response.status !== 429 || attempt === TRIES) throw await this.refusal(response, request.template);
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
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
      throw new Failure(
        `The admin API at ${this.access.url} cannot be reached: ${reasonOf(error)}. ` +
          'Check the address, and that this machine may reach it.',
      );
    }
  }

  /** What the API says (RFC 9457), or what came instead of an answer of it. */
  private async refusal(response: Response, template: string): Promise<Failure> {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; requestId?: string };
    if (problem.detail === undefined) return this.notTheApi(response);
    const { detail, requestId } = problem;
    if (response.status === 401) return new Failure(`The token is refused. ${this.access.tokenSource}`);
    if (response.status === 404) return new Failure(`${detail}${whereToLook(template)}`);
    return new Failure(response.status >= 500 ? `${detail} (request ${requestId})` : detail);
  }

  private notTheApi({ status, headers }: Response): Failure {
    const type = headers.get('content-type')?.split(';')[0] ?? 'nothing';
    return new Failure(
      `${this.access.url} answers ${status} with ${type}: that is not the admin API. Its address ends in /admin/v1.`,
    );
  }
}

/** Which commands list what a path names. */
const LISTS: Readonly<Record<string, string>> = {
  domainId: 'domain list',
  keyId: 'key list <domainId>',
  userId: 'user list <domainId>',
  address: 'address list <domainId>',
};

function whereToLook(template: string): string {
  const lists = [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => LISTS[name] ?? []);
  return lists.length > 0 ? ` See: ${lists.map((list) => `scim ${list}`).join('; ')}` : '';
}

interface FetchError {
  readonly message: string;
  readonly cause?: { readonly message?: string; readonly errors?: readonly Error[] };
}

/** `fetch` says only that it failed; why is in the cause, and of several addresses of one name in the first of its errors. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as FetchError;
  return cause?.errors?.[0]?.message ?? cause?.message ?? message;
}
