import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../cli/connection/admin-client';
import { CheckFailed, type Target } from './diagnosis';

export interface ScimResponse {
  readonly status: number;
  /** The media type without parameters; empty if there is no body. */
  readonly type: string;
  /** The target of a redirect. */
  readonly location?: string;
  /** The JSON object; empty if the body is not one. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ScimRequest {
  readonly method?: string;
  /** The path relative to the base URL. */
  readonly path: string;
  readonly body?: object;
}

const TIMEOUT_MS = 35_000;
const MAX_ATTEMPTS = 4;
const MAX_WAIT_S = 60;

/**
 * Sends a request with the target's key. After a 429, it waits as requested and retries. Throws `CheckFailed`
 * if no response arrives.
 */
export async function send(
  target: Target,
  { method = 'GET', path, body }: ScimRequest,
): Promise<ScimResponse> {
  const { baseUrl, scimKey, signal } = target;
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(baseUrl + path, {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': 'scim-doctor',
        ...(scimKey !== undefined && { authorization: `Bearer ${scimKey}` }),
        ...(body && { 'content-type': 'application/scim+json' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw unreachable(error, baseUrl);
    });
    const scimResponse = await read(response);
    const wait = Number(response.headers.get('retry-after') ?? 1);
    if (scimResponse.status !== 429 || attempt === MAX_ATTEMPTS || wait > MAX_WAIT_S) return scimResponse;
    await sleep(wait * 1_000, undefined, { signal });
  }
}

/** Returns the failure for an unexpected response to `request`. */
export function unexpected(request: string, { status, body: { detail } }: ScimResponse): CheckFailed {
  const found = `${request} returned ${typeof detail === 'string' ? `${status}: ${detail}` : status}`;
  if (status === 429) {
    return new CheckFailed(
      found,
      'Try again in a minute. If it fails again, see the requests of the domain with `scim domain usage`.',
    );
  }
  if (status >= 500)
    return new CheckFailed(found, 'Check the logs and alarms of ScimApi: docs/runbook.md#apifailing.');
  return new CheckFailed(
    found,
    'docs/api.md#errors lists the errors. Check whether a proxy changes the requests.',
  );
}

async function read(response: Response): Promise<ScimResponse> {
  const body: unknown = await response.json().catch(() => undefined);
  return {
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0] ?? '',
    location: response.headers.get('location') ?? undefined,
    body: typeof body === 'object' && body !== null ? (body as ScimResponse['body']) : {},
  };
}

function unreachable(error: unknown, baseUrl: string): CheckFailed {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  const { host, protocol } = new URL(baseUrl);
  if (cause?.code === 'ECONNREFUSED') {
    const start = protocol === 'http:' ? ' Start the local system with `npm start`.' : '';
    return new CheckFailed(
      `${host} refused the connection`,
      `Check the host name and the port of the base URL.${start}`,
    );
  }
  return new CheckFailed(
    `${host} did not respond (${reasonOf(error)})`,
    'Try again. If it fails again, check the logs and alarms of ScimApi: docs/runbook.md#apifailing.',
  );
}
