import type { ServerResponse } from 'node:http';
import { listen, readBody } from '../../../local/host/http';

/** Names the URL of the host of receivers; the test processes inherit it. */
export const HOOK_HOST_VARIABLE = 'SCIM_TEST_HOOK_HOST';

/** A message that a receiver got. */
export interface ReceivedHook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The response of a receiver: a status, also with a body, or no response at all until the test releases it.
 */
export type HookResponse = number | 'hangs' | { readonly status: number; readonly body: object };

interface Receiver {
  readonly received: ReceivedHook[];
  /** The responses to the next messages. The last one is that of all later messages. */
  responses: HookResponse[];
  /** The responses that hang. */
  readonly hanging: ServerResponse[];
}

/**
 * Starts the host of the receivers of webhooks in all tests. The running system may send webhooks to its
 * origin. Each path is a receiver: `POST` is a message, `GET` returns the messages, `PUT` sets the responses,
 * and releases those that hang.
 */
export async function startHookHost(): Promise<string> {
  const receivers = new Map<string, Receiver>();
  const { server, url } = await listen(async (request, response) => {
    const path = request.url ?? '';
    const receiver = receivers.get(path) ?? { received: [], responses: [200], hanging: [] };
    receivers.set(path, receiver);
    const body = ((await readBody(request)) ?? '').toString();
    switch (request.method) {
      case 'PUT':
        receiver.responses = JSON.parse(body) as HookResponse[];
        for (const hanging of receiver.hanging.splice(0)) hanging.writeHead(200).end();
        return void response.writeHead(204).end();
      case 'POST': {
        const headers = request.headers as Record<string, string>;
        receiver.received.push({ headers, body, at: Date.now() });
        const [next = 200] = receiver.responses;
        if (receiver.responses.length > 1) receiver.responses.shift();
        if (next === 'hangs') receiver.hanging.push(response);
        else if (typeof next === 'number') response.writeHead(next, { location: `${url}/redirected` }).end();
        else response.writeHead(next.status).end(JSON.stringify(next.body));
        return;
      }
      default:
        return void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(receiver.received));
    }
  }, 0);
  // The process of the tests ends without closing it.
  server.unref();
  server.on('connection', (socket) => socket.unref());
  process.env[HOOK_HOST_VARIABLE] = url;
  return url;
}
