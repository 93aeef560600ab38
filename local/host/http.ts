import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseForeignHost } from './loopback-host.cjs';
import { UserError } from './user-error';

export const LOOPBACK = '127.0.0.1';

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** The base URL, without a trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export type Listener = (message: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Thrown if a port is taken or requires more privileges. */
export class PortUnavailable extends UserError {
  constructor(
    reason: string,
    readonly port: number,
    /** The flag of `npm start` that chooses the port, if there is one. */
    readonly flag?: string,
  ) {
    super(`Port ${port} ${reason}.`);
  }
}

/**
 * Listens on the loopback address; port 0 takes a free one. Refuses requests to another host. Throws
 * `PortUnavailable`.
 */
export async function listen(listener: Listener, port: number, portFlag?: string): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (message, response) => {
    if (!refuseForeignHost(message, response)) void respond(listener, message, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      const reason = error.code === 'EADDRINUSE' ? 'is taken' : 'requires more privileges';
      reject(new PortUnavailable(reason, port, portFlag));
    });
    server.listen(port, LOOPBACK, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, port: actual, url: `http://${LOOPBACK}:${actual}`, close };
}

/** Responds with 500 if the listener throws, so that no request can end the process. */
async function respond(
  listener: Listener,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await listener(message, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(String(error));
  }
}

/** Returns the whole body, or undefined as soon as it exceeds `limit` bytes. The rest is read and dropped. */
export function readBody(request: IncomingMessage, limit = Infinity): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () =>
      reject(new Error('The client closed the connection before the body was complete.')),
    );
  });
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const payload = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, { 'content-type': contentType, 'content-length': payload.length }).end(payload);
}
