import { request } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { GatewayRig } from './rig';

export interface RawResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** The bodies of the fixture's functions and of the gateway. */
interface ResponseBody {
  readonly event: APIGatewayProxyEvent;
}

/** Sends a request whose headers and path arrive exactly as they are written. */
export function sendTo(
  rig: GatewayRig,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string | string[]>; body?: Buffer | string } = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(rig.url + path, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export const json = ({ body }: RawResponse) => JSON.parse(body.toString()) as ResponseBody;
