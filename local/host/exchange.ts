import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

/**
 * Closes idle connections before the server does, because a request on a connection that closes would fail.
 */
const IDLE_MS = 4_000;
const KEPT = { keepAlive: true, timeout: IDLE_MS };
const plain = { request: http.request, agent: new http.Agent(KEPT) };
const secure = { request: https.request, agent: new https.Agent(KEPT) };

export interface Exchange {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Exchanged {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Sends a request to another process of this machine. It takes a third of the processor time that `fetch`
 * takes, which matters between functions and engine. Throws if there is no response.
 */
export function exchange(url: string, { method, headers, body }: Exchange): Promise<Exchanged> {
  const { request, agent } = url.startsWith('https:') ? secure : plain;
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    // Node sets Content-Length if the body is in one piece.
    sent.end(body);
  });
}
