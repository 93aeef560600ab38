import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '../cli/connection/admin-client';
import { Ill, type Patient } from './diagnosis';

export interface ScimAnswer {
  readonly status: number;
  /** Media type alone; empty where there is no body. */
  readonly type: string;
  /** Where a redirection points. */
  readonly location?: string;
  /** Empty where it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ScimRequest {
  readonly method?: string;
  /** Below the base URL. */
  readonly path: string;
  readonly body?: object;
}

const TIMEOUT_MS = 35_000;
const TRIES = 4;
const LONGEST_WAIT_S = 60;

/** Sends a request with the patient's key, and waits where it is told to. Throws `Ill` where no answer comes. */
export async function send(
  patient: Patient,
  { method = 'GET', path, body }: ScimRequest,
): Promise<ScimAnswer> {
  const { baseUrl, scimKey, signal } = patient;
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
    const answer = await read(response);
    const wait = Number(response.headers.get('retry-after') ?? 1);
    if (answer.status !== 429 || attempt === TRIES || wait > LONGEST_WAIT_S) return answer;
    await sleep(wait * 1_000, undefined, { signal });
  }
}

/** An answer that should not have come. `what` says of what it is one. */
export function unexpected(what: string, { status, body: { detail } }: ScimAnswer): Ill {
  const found = `${what} is answered with ${typeof detail === 'string' ? `${status}: ${detail}` : status}`;
  if (status === 429) {
    return new Ill(
      found,
      'Try again in a minute. If it stays so, `scim domain usage` shows who uses up the rate plan.',
    );
  }
  if (status >= 500) return new Ill(found, 'Look at the logs and alarms of ScimApi: docs/runbook.md.');
  return new Ill(
    found,
    'docs/api.md has the errors. Is something between here and the service that changes requests?',
  );
}

async function read(response: Response): Promise<ScimAnswer> {
  const body: unknown = await response.json().catch(() => undefined);
  return {
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0] ?? '',
    location: response.headers.get('location') ?? undefined,
    body: typeof body === 'object' && body !== null ? (body as ScimAnswer['body']) : {},
  };
}

function unreachable(error: unknown, baseUrl: string): Ill {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  const { host, protocol } = new URL(baseUrl);
  if (cause?.code === 'ECONNREFUSED') {
    const start = protocol === 'http:' ? ' Start the local system with `npm start`.' : '';
    return new Ill(
      `nothing listens at ${host}`,
      `Look at the host name and the port of the base URL.${start}`,
    );
  }
  return new Ill(
    `no answer comes from ${host} (${reasonOf(error)})`,
    'Try again. If it stays so, look at the logs and alarms of ScimApi: docs/runbook.md.',
  );
}
