import {
  type OperationResult,
  type OperationInput,
  type OperationName,
  operationRequest,
  type OperationRequest,
} from './operation';
import { ApiProblem } from './problem';

/** Where the client has its tokens from. */
export interface Credentials {
  readonly token: () => string | undefined;
  /** Another token in place of one that was refused; undefined: none is to be had. */
  readonly renew: () => Promise<string | undefined>;
}

/** Calls the operations of the admin API's document by their names, e.g. `GET /domains/{domainId}`. */
export class ApiClient {
  constructor(
    /** Without a trailing slash. */
    private readonly baseUrl: string,
    private readonly credentials: Credentials,
    private readonly fetchFunction: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** The answer's body; throws an `ApiProblem`. */
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

  /** As `call`, for an answer that is not JSON, or whose headers matter. */
  async callForResponse<N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const request = operationRequest(this.baseUrl, name, input);
    const response = await this.sendWithToken(request, this.credentials.token(), signal);
    // A refused call has done nothing, so it can be sent again.
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
