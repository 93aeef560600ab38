import { listen, sendJson } from '../../local/host/http';
import type { KeyPublisher } from './stand-in';

/** Starts a server that publishes the keys of issuers. Port 0 takes a free one. */
export async function startKeyServer(port: number): Promise<KeyPublisher & { close: () => Promise<void> }> {
  const published = new Map<string, object>();
  const fetches = new Map<string, number>();
  const { url, close } = await listen(({ url: path = '' }, response) => {
    fetches.set(path, (fetches.get(path) ?? 0) + 1);
    const jwks = published.get(path);
    sendJson(response, jwks ? 200 : 404, jwks ?? {});
  }, port);
  return {
    origin: url,
    publish: (path, jwks) => Promise.resolve(void published.set(path, jwks)),
    fetches: (path) => Promise.resolve(fetches.get(path) ?? 0),
    close,
  };
}
