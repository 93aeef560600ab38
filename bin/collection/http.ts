import type { HttpRequest } from './bru-file';

export interface HttpResponse {
  readonly status: number;
  /** The names are in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers of one connection, which `fetch` sets itself. */
const OWN_HEADERS = ['host', 'connection', 'proxy-connection', 'content-length', 'accept-encoding'];

/** Sends a request, and returns the response whatever its status is. */
export async function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name));
  const response = await fetch(url, { method, headers: sent, body: body === '' ? undefined : body });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
