import { createHmac } from 'node:crypto';
import { listen, readBody } from '../../local/host/http';

/**
 * A receiver of webhooks. The path of a message is `/hangs`, which gets no response, or the name of a
 * webhook.
 */
export interface BenchReceiver {
  readonly origin: string;
  readonly setSecret: (secret: string) => void;
  /** Resolves when a verified event of this type about a user has arrived. */
  readonly arrival: (type: string, userId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startReceiver(): Promise<BenchReceiver> {
  const waiting = new Map<string, () => void>();
  const arrived = new Set<string>();
  let key = Buffer.alloc(0);
  const { url, server } = await listen(async (request, response) => {
    const body = ((await readBody(request)) ?? '').toString();
    if (request.url === '/hangs') return;
    response.writeHead(204).end();
    const { headers } = request;
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const signature = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
    if (headers['webhook-signature'] !== signature) return;
    const { type, subject } = JSON.parse(body) as { type: string; subject: { id: string } };
    arrived.add(`${type}/${subject.id}`);
    waiting.get(`${type}/${subject.id}`)?.();
  }, 0);
  return {
    origin: url,
    setSecret: (secret) => (key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')),
    arrival: (type, userId) =>
      new Promise((resolve) => {
        const name = `${type}/${userId}`;
        if (arrived.has(name)) resolve();
        else waiting.set(name, resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
