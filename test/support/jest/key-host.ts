import { listen, readBody } from '../../../local/host/http';

/** Names the URL of the host of keys; the test processes inherit it. */
export const KEY_HOST_VARIABLE = 'SCIM_TEST_KEY_HOST';

/** A response that a test has given to a path. */
export interface HostedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Starts the host of the keys of all issuers in the tests. The running system may fetch keys from its origin.
 * `PUT` of a `HostedResponse` sets what `GET` of the path returns, and `DELETE` lets it never respond. `POST`
 * returns how often it was fetched.
 */
export async function startKeyHost(): Promise<string> {
  const responses = new Map<string, HostedResponse | 'never'>();
  const fetches = new Map<string, number>();
  const { server, url } = await listen(async (request, response) => {
    const path = request.url ?? '';
    const send = (status: number, body = '') => void response.writeHead(status).end(body);
    switch (request.method) {
      case 'PUT': {
        const body = (await readBody(request)) ?? '';
        responses.set(path, JSON.parse(body.toString()) as HostedResponse);
        return send(204);
      }
      case 'DELETE':
        responses.set(path, 'never');
        return send(204);
      case 'POST':
        return send(200, String(fetches.get(path) ?? 0));
      default: {
        fetches.set(path, (fetches.get(path) ?? 0) + 1);
        const hosted = responses.get(path);
        if (hosted === 'never') return;
        if (!hosted) return send(404);
        response.writeHead(hosted.status, hosted.headers).end(hosted.body);
      }
    }
  }, 0);
  // The process of the tests ends without closing it.
  server.unref();
  process.env[KEY_HOST_VARIABLE] = url;
  return url;
}
