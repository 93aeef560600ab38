import { request } from 'node:http';
import { type ClientResponse, type DomainClient, session } from './system';

/**
 * Sends a request without the headers that `fetch` adds, such as `User-Agent` and `Accept`, and with the
 * exact path below the base URL, which `fetch` would normalize.
 */
export function rawRequest(
  { scimKey }: DomainClient,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<ClientResponse> {
  const { hostname, port, pathname } = new URL(session().baseUrl);
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ hostname, port, method, path: pathname + path },
      headers: {
        Authorization: `Bearer ${scimKey}`,
        ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.once('error', reject).once('response', (message) => {
      let text = '';
      message.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      message.once('error', reject).once('end', () =>
        resolve({
          status: message.statusCode ?? 0,
          headers: new Headers(message.headers as Record<string, string>),
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
        }),
      );
    });
    sent.end(body);
  });
}
