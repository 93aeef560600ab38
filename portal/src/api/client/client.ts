import {
  type OperationResult,
  type OperationInput,
  type OperationName,
  operationRequest,
  type OperationRequest,
} from './operation';
import { ApiProblem } from './problem';

/** The source of the client's tokens. */
export interface Credentials {
  readonly token: () => string | undefined;
  /** Returns a new token after one was refused; undefined if there is none. */
  readonly renew: () => Promise<string | undefined>;
}

/**
 * A client of the admin API. Operations have their names from the document, such as `GET
 * /domains/{domainId}`.
 */
export class ApiClient {
  constructor(
    /** The base URL of the API, without a trailing slash. */
    private readonly baseUrl: string,
    private readonly credentials: Credentials,
    private readonly fetchFunction: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** Calls an operation and returns the body of the response. Throws an `ApiProblem`. */
  async call<N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    signal?: AbortSignal,
  ): Promise<OperationResult<N>> {
    const response = await this.callForResponse(name, input, signal);
    const text = await response.text().catch(() => {
      throw ApiProblem.unreachable();
    });
    return (text === '' ? undefined : JSON.parse(text)) as OperationResult<N>;
  }

  /** Calls an operation and returns the response, if it is not JSON or its headers matter. */
  async callForResponse<N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const request = operationRequest(this.baseUrl, name, input);
    const response = await this.sendWithToken(request, this.credentials.token(), signal);
    // A refused call had no effect, so it can be retried.
    const token = response.status === 401 ? await this.credentials.renew() : undefined;
    const final = token === undefined ? response : await this.sendWithToken(request, token, signal);
    if (!final.ok) throw await ApiProblem.fromResponse(final);
    return final;
  }

  private async sendWithToken(
    { url, method, body }: OperationRequest,
    token: string | undefined,
    signal?: AbortSignal,
  ): Promise<Response> {
    const headers = {
      authorization: `Bearer ${token ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    try {
      return await this.fetchFunction(url, { method, signal, headers, body });
    } catch (error) {
      throw signal?.aborted ? error : ApiProblem.unreachable();
    }
  }
}
