import { request as httpRequest } from 'node:http';

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The number of attempts after which an identity provider got the response. */
  readonly attempts?: number;
}

/** Headers of another connection, and the wish for a compressed response. */
const LEFT_OUT = [
  'host',
  'connection',
  'proxy-connection',
  'accept-encoding',
  'transfer-encoding',
  'content-length',
];

/** Sends a request over HTTP, on a connection of its own. Throws if the connection fails. */
export function sendOverHttp({ method, url, headers, body }: WireRequest): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const own = {
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => !LEFT_OUT.includes(name))),
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    };
    const sent = httpRequest(url, { method, headers: own, agent: false }, (message) => {
      let text = '';
      message.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      message.once('error', reject).once('end', () => {
        const names = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: message.statusCode ?? 0,
          headers: Object.fromEntries(names) as Record<string, string>,
          body: text,
        });
      });
    });
    sent.once('error', reject).end(body);
  });
}

/** Parses the body of a response; undefined if it is not a JSON object. */
export function jsonOf({ body }: Pick<WireResponse, 'body'>): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
