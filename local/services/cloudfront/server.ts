import { createHash } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type Listening, listen, LOOPBACK } from '../../host/http';
import type { BucketFiles } from '../s3/bucket-files';
import type { Behavior, Distribution } from './distribution';
import type { Header } from './response-headers';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};

export interface EdgeParts {
  readonly distribution: Distribution;
  /** API id → port on which it is served. */
  readonly apiPorts: ReadonlyMap<string, number>;
  /** Returns whether the policy of a bucket lets the distribution read an object. */
  readonly mayRead: (bucketArn: string, key: string) => boolean;
  /** Receives the status of each response. @default nobody */
  readonly responded?: (status: number) => void;
}

/** Serves a distribution on the loopback address. Responds with 503 until `parts` returns something. */
export function serveDistribution(parts: () => EdgeParts | undefined, port: number): Promise<Listening> {
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    const ready = parts();
    if (!ready) return void response.writeHead(503, { 'retry-after': '1' }).end();
    response.once('finish', () => ready.responded?.(response.statusCode));
    handle(ready, message, response);
  };
  return listen(listener, port, '--portal-port');
}

function handle(
  { distribution, apiPorts, mayRead }: EdgeParts,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const [path = '/', query] = (message.url ?? '/').split('?', 2);
  const behavior = distribution.behaviors.find(({ pattern }) => pattern.test(path));
  if (!behavior?.methods.includes(message.method ?? '')) {
    response
      .writeHead(403, { 'content-type': 'text/html' })
      .end('This distribution does not allow this method.');
    return;
  }
  const { origin, headers, rewrite } = behavior;
  if (origin.kind === 'bucket') {
    const read = (key: string) => (mayRead(origin.arn, key) ? origin.files.read(key) : undefined);
    sendFile(read, rewrite(path).slice(1), headers, message, response);
  } else {
    const target = query === undefined ? rewrite(path) : `${rewrite(path)}?${query}`;
    const to = { port: apiPorts.get(origin.apiId), path: target, customHeaders: origin.customHeaders };
    forward(to, behavior, message, response);
  }
}

/**
 * Responds as S3 does to CloudFront: a missing file is as forbidden as one that CloudFront may not read,
 * because CloudFront may not list the bucket.
 */
function sendFile(
  read: BucketFiles['read'],
  path: string,
  headers: readonly Header[],
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const refuse = (status: number, code: string) => {
    response.writeHead(status, [...headers.flat(), 'content-type', 'application/xml']);
    response.end(`<Error><Code>${code}</Code></Error>`);
  };
  const key = decoded(path);
  if (key === undefined) return refuse(400, 'InvalidURI');
  const file = read(key);
  if (!file) return refuse(403, 'AccessDenied');
  const { content, cacheControl } = file;
  const etag = `"${createHash('md5').update(content).digest('hex')}"`;
  const own = {
    etag,
    ...(cacheControl && { 'cache-control': cacheControl }),
    ...Object.fromEntries(headers),
  };
  if (message.headers['if-none-match'] === etag) {
    response.writeHead(304, own).end();
    return;
  }
  const type = CONTENT_TYPES[extname(key)] ?? 'application/octet-stream';
  response.writeHead(200, { ...own, 'content-type': type });
  response.end(message.method === 'HEAD' ? undefined : content);
}

/** Decodes a path. Undefined if it is not UTF-8. */
function decoded(path: string): string | undefined {
  try {
    return decodeURI(path);
  } catch {
    return undefined;
  }
}

interface Target {
  readonly port: number | undefined;
  readonly path: string;
  /** The headers that CloudFront sets. They override the viewer's headers. */
  readonly customHeaders: Readonly<Record<string, string>>;
}

function forward(
  { port, path, customHeaders }: Target,
  { headers }: Behavior,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const { host: _, connection: __, ...own } = message.headers;
  const forwarded = [own['x-forwarded-for'], message.socket.remoteAddress].flat().filter(Boolean).join(', ');
  const onwards = request(
    {
      host: LOOPBACK,
      port,
      path,
      method: message.method,
      headers: { ...own, 'x-forwarded-for': forwarded, ...customHeaders },
    },
    (originResponse) => {
      const {
        connection: ___,
        'keep-alive': ____,
        'transfer-encoding': _____,
        ...given
      } = originResponse.headers;
      response.writeHead(originResponse.statusCode ?? 502, { ...given, ...Object.fromEntries(headers) });
      originResponse.pipe(response);
    },
  );
  onwards.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on('close', () => {
    if (!response.writableFinished) onwards.destroy();
  });
  message.pipe(onwards);
}
