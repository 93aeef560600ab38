import {
  type Answer,
  type Input,
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
    private readonly send: typeof fetch = (...request) => fetch(...request),
  ) {}

  /** The answer's body; throws an `ApiProblem`. */
  async call<N extends OperationName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Answer<N>> {
    const response = await this.response(name, input, signal);
    const text = await response.text().catch(() => {
      throw ApiProblem.unreachable();
    });
    return (text === '' ? undefined : JSON.parse(text)) as Answer<N>;
  }

  /** As `call`, for an answer that is not JSON, or whose headers matter. */
  async response<N extends OperationName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Response> {
    const request = operationRequest(this.baseUrl, name, input);
    const response = await this.sent(request, this.credentials.token(), signal);
    // A refused call has done nothing, so it can be sent again.
    const token = response.status === 401 ? await this.credentials.renew() : undefined;
    const final = token === undefined ? response : await this.sent(request, token, signal);
    if (!final.ok) throw await ApiProblem.of(final);
    return final;
  }

  private async sent(
    { url, method, body }: OperationRequest,
    token: string | undefined,
    signal?: AbortSignal,
  ): Promise<Response> {
    const headers = {
      authorization: `Bearer ${token ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    try {
      return await this.send(url, { method, signal, headers, body });
    } catch (error) {
      throw signal?.aborted ? error : ApiProblem.unreachable();
    }
  }
}
