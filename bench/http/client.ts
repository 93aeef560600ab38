import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

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
  /** Whether the response may be compressed. A large group needs it. @default false */
  readonly acceptsGzip?: boolean;
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

  send({ method, path, body, acceptsGzip = false }: HttpRequest): Promise<HttpResponse> {
    const { baseUrl, token } = this.target;
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        ...(acceptsGzip && { 'accept-encoding': 'gzip' }),
        ...(content && { 'content-type': 'application/scim+json', 'content-length': content.length }),
      };
      const outgoing = request(baseUrl + path, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const milliseconds = performance.now() - startedAt;
          const received = Buffer.concat(chunks);
          const isCompressed = response.headers['content-encoding'] === 'gzip';
          const text = (isCompressed ? gunzipSync(received) : received).toString();
          resolve({ status: response.statusCode ?? 0, text, milliseconds });
        });
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
 * Sends requests for some time, each connection one after the other. Throws if a response is not a success,
 * because an error is faster than the work.
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
