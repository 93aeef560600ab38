import { type Listening, listen, readBody } from '../../local/host/http';
import type { HttpRequest } from './bru-file';
import type { HttpResponse } from './http';

/** Headers that describe the connection, or a body that was encoded otherwise. */
const CONNECTION_HEADERS = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
];

/**
 * Listens as an HTTP proxy. `exchange` gets each request and returns its response. Bruno sends its requests
 * through the proxy, so what is recorded is exactly what it sent and received.
 */
export function openRecordingProxy(
  exchange: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<Listening> {
  return listen(async (message, response) => {
    const body = await readBody(message);
    const {
      status,
      headers,
      body: answer,
    } = await exchange({
      method: message.method ?? 'GET',
      // A client sends the whole URL to a proxy.
      url: message.url ?? '',
      headers: message.headers as Record<string, string>,
      body: body?.toString(),
    });
    const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
    response.writeHead(status, Object.fromEntries(kept)).end(answer);
  }, 0);
}
