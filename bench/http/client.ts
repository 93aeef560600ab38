import { Agent, request } from 'node:http';

/** A SCIM service to which the client sends its requests. */
export interface HttpTarget {
  /** Ends in the path above `/Users`. */
  readonly baseUrl: string;
  readonly token: string;
}

export interface HttpRequest {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly body?: object;
}

export interface HttpResponse {
  readonly status: number;
  readonly text: string;
  readonly milliseconds: number;
}

/** Sends requests over connections that stay open, as an identity provider does. */
export class HttpClient {
  private readonly agent: Agent;

  constructor(
    private readonly target: HttpTarget,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method, path, body }: HttpRequest): Promise<HttpResponse> {
    const { baseUrl, token } = this.target;
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        ...(content && { 'content-type': 'application/scim+json', 'content-length': content.length }),
      };
      const outgoing = request(baseUrl + path, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            milliseconds: performance.now() - startedAt,
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The requests of one load. */
export interface LoadFigures {
  readonly requests: number;
  readonly milliseconds: number;
  /** The latency of each response, shortest first. */
  readonly latencies: readonly number[];
}

/**
 * Sends requests for some time, each connection one after the other. Throws if a response is not a success, because an error is faster
 * than the work.
 */
export async function sendLoad(
  client: HttpClient,
  next: () => HttpRequest,
  { connections, milliseconds }: { readonly connections: number; readonly milliseconds: number },
): Promise<LoadFigures> {
  const startedAt = performance.now();
  const latencies: number[] = [];
  const worker = async (): Promise<void> => {
    do {
      const sent = next();
      const response = await client.send(sent);
      if (response.status >= 300)
        throw new Error(`${sent.method} ${sent.path}: ${response.status} ${response.text.slice(0, 300)}`);
      latencies.push(response.milliseconds);
    } while (performance.now() - startedAt < milliseconds);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  latencies.sort((one, other) => one - other);
  return { requests: latencies.length, milliseconds: performance.now() - startedAt, latencies };
}
