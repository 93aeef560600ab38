import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_VARIABLES } from '../../../local/cloud/environment';
import type { CanceledTransaction } from '../../../local/services/dynamodb/meter/canceled-transaction';
import type { CapacityRecord } from '../../../local/services/dynamodb/meter/capacity';
import type { Session } from '../../../local/product/session';
import { deploymentParameter, type Deployment } from '../../../shared/deployment';
import type { RatePlanName } from '../../../shared/limits/rate-plan';
import { type DomainAdmin, openDomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { ConnectionAdmin } from '../../../shared/service/connections/connection-admin';
import { openConnectionAdmin } from '../../../shared/service/connections/open-connection-admin';
import { openScimKeyAdmin, type ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import type { Actor } from '../../../shared/store/audit/audit';
import { KEY_HOST_VARIABLE } from '../jest/key-host';
import { STATE_DIRECTORY_VARIABLE } from '../jest/start-system';

let cachedSession: Session | undefined;

/** Returns the session of the running system. */
export function session(): Session {
  const state = process.env[STATE_DIRECTORY_VARIABLE];
  if (!state) throw new Error('No system runs. Name the test file *.engine.test.ts.');
  cachedSession ??= JSON.parse(readFileSync(path.join(state, 'session.json'), 'utf8')) as Session;
  return cachedSession;
}

/**
 * Points the SDK's clients of this process at the system, so that code of `shared` can be called directly.
 */
export function useSdkEnvironment(): void {
  Object.assign(process.env, CLIENT_VARIABLES, session().endpoints);
}

/** Reads the description of the deployment from the parameter store. */
export async function deployment(): Promise<Deployment> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = CLIENT_VARIABLES;
  const client = new SSMClient({
    region: session().region,
    endpoint: session().endpoints.AWS_ENDPOINT_URL_SSM,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const { Parameter } = await client.send(
    new GetParameterCommand({ Name: deploymentParameter(session().stage) }),
  );
  client.destroy();
  return JSON.parse(Parameter?.Value ?? '') as Deployment;
}

export const OPERATOR: Actor = { kind: 'admin', id: 'operator', name: 'test' };

export async function domainAdmin(): Promise<DomainAdmin> {
  useSdkEnvironment();
  return openDomainAdmin(await deployment());
}

export async function scimKeyAdmin(): Promise<ScimKeyAdmin> {
  useSdkEnvironment();
  return openScimKeyAdmin(await deployment());
}

export async function connectionAdmin(): Promise<ConnectionAdmin> {
  useSdkEnvironment();
  return openConnectionAdmin(await deployment(), [process.env[KEY_HOST_VARIABLE] ?? '']);
}

export interface ClientResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text if it is not JSON, or undefined if there is no body. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it freely
  readonly body: any;
}

export interface DomainClient {
  readonly domainId: string;
  readonly scimKey: string;
  /**
   * Sends a request. `path` is below the base URL. `body` is sent as JSON, or unchanged if it is a string.
   */
  readonly request: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ClientResponse>;
}

/** Creates a domain with a SCIM key, and returns a client that uses the key. */
export async function createDomainClient(
  options: { name?: string; ratePlan?: RatePlanName; mailMinutesPerAddress?: number | null } = {},
): Promise<DomainClient> {
  // Tests do not wait for ten minutes between two emails to one address, except for those of this limit.
  const { name = 'Test', ratePlan = 'unmetered', mailMinutesPerAddress = 0 } = options;
  const settings = { name, ratePlan, mailMinutesPerAddress };
  const { domainId } = await (await domainAdmin()).createDomain(settings, OPERATOR);
  const { token } = await (await scimKeyAdmin()).createScimKey(domainId, { name: 'test' }, OPERATOR);
  return clientWithKey(domainId, token);
}

/** Returns a client that uses a given SCIM key. */
export function clientWithKey(domainId: string, scimKey: string): DomainClient {
  const request: DomainClient['request'] = async (method, relativePath, body, headers = {}) => {
    const response = await fetch(session().baseUrl + relativePath, {
      method,
      headers: {
        authorization: `Bearer ${scimKey}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parseBody(text) };
  };
  return { domainId, scimKey, request };
}

/** Returns a client that retries a request that times out (503), as identity providers do. */
export function persistentClient(domain: DomainClient): DomainClient {
  const request: DomainClient['request'] = async (...call) => {
    for (;;) {
      const response = await domain.request(...call);
      if (response.status !== 503) return response;
    }
  };
  return { ...domain, request };
}

/**
 * Returns the capacity that DynamoDB requests with keys of a domain have consumed since the last call,
 * without that of `takeRecordCapacity`.
 */
export const takeCapacity = async (domainId: string): Promise<CapacityRecord[]> =>
  (await takeAllCapacity(domainId)).filter((record) => !isOfRecord(record));

/**
 * Returns the capacity of the records of requests since the last call. Each function records a sample of the
 * accepted requests, and refused requests.
 */
export const takeRecordCapacity = async (domainId: string): Promise<CapacityRecord[]> =>
  (await takeAllCapacity(domainId)).filter(isOfRecord);

async function takeAllCapacity(domainId: string): Promise<CapacityRecord[]> {
  return (await (await fetch(`${session().controlUrl}/capacity?of=${domainId}`)).json()) as CapacityRecord[];
}

const isOfRecord = ({ operation, partitionKeys }: CapacityRecord): boolean =>
  operation === 'PutItem' && partitionKeys.some((pk) => pk.includes('#REQUEST#'));

/** Returns the transactions of a domain that DynamoDB canceled since the last call. */
export async function takeCanceled(domainId: string): Promise<CanceledTransaction[]> {
  const response = await fetch(`${session().controlUrl}/canceled?of=${domainId}`);
  return (await response.json()) as CanceledTransaction[];
}

/**
 * Kills the busy instances of functions whose name contains `part`, if their event contains `eventContains`,
 * for example the id of a domain. Returns the number of killed instances.
 */
export async function killInstances(part: string, eventContains = ''): Promise<number> {
  const response = await fetch(`${session().controlUrl}/kill?function=${part}&of=${eventContains}`, {
    method: 'POST',
  });
  return ((await response.json()) as { killed: number }).killed;
}

/**
 * Plans to kill the instances of a function that process an event with `eventContains`. The kill happens
 * after `writes` writes of these instances to partition keys that contain `keyContains`, by default
 * `eventContains`. Returns a function that waits for the kill, and returns the number of killed instances.
 */
export async function planKill(
  part: string,
  options: { eventContains: string; writes: number; keyContains?: string },
): Promise<() => Promise<number>> {
  const { eventContains: of, writes, keyContains: names = of } = options;
  return plannedKill({ function: part, of, names, writes: String(writes) });
}

/**
 * Plans to kill the instances of a function that process an event with `eventContains`. The kill happens
 * after the next call of an AWS operation by these instances, before its response. Returns a function like
 * `planKill`.
 */
export const planKillAfterCall = (
  part: string,
  { eventContains, operation }: { eventContains: string; operation: string },
): Promise<() => Promise<number>> => plannedKill({ function: part, of: eventContains, call: operation });

async function plannedKill(parameters: Record<string, string>): Promise<() => Promise<number>> {
  const query = new URLSearchParams(parameters);
  const planned = await fetch(`${session().controlUrl}/kill?${query.toString()}`, { method: 'POST' });
  const { plan } = (await planned.json()) as { plan: number };
  return async () => {
    const response = await fetch(`${session().controlUrl}/kill?plan=${plan}`);
    return ((await response.json()) as { killed: number }).killed;
  };
}

/** Runs the scheduled rules whose name contains `part`, and waits until their functions have ended. */
export async function fireRule(part: string): Promise<void> {
  const response = await fetch(`${session().controlUrl}/fire?rule=${part}`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}

/**
 * Adds a rule for faults of calls and deliveries (local/cloud/faults/operations.ts). It must end by `times`.
 */
export async function injectFault(rule: { readonly times: string } & Record<string, string>): Promise<void> {
  const query = new URLSearchParams(rule);
  const response = await fetch(`${session().controlUrl}/faults?${query.toString()}`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text === '' ? undefined : text;
  }
}
