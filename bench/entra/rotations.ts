import { openConnectionAdmin } from '../../shared/service/connections/open-connection-admin';
import type { ConnectionAdmin } from '../../shared/service/connections/connection-admin';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';
import { tokenUrlOf } from '../../shared/deployment';
import type { RatePlanName } from '../../shared/limits/rate-plan';
import { BENCH_ACTOR, BENCH_NAME, type MeasuredSystem } from '../contention/bench-domain';
import { percentile, sendAtRate } from '../contention/load';
import { EntraClient, type Authentication } from './client';
import type { EntraStandIn } from './stand-in';
import { UserFlow } from './user-flow';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface RotationLoad {
  readonly ratePlan: RatePlanName;
  readonly perSecond: number;
  readonly requests: number;
  /** The number of requests with one access token. */
  readonly requestsPerToken: number;
  /** The requests that wait for a response at the same time, at most. @default no limit */
  readonly maxInFlight?: number;
}

export interface RotationFigures {
  readonly requests: number;
  readonly tokens: number;
  readonly rotations: number;
  readonly rollovers: number;
  /** The number of times that the service fetched the keys of the issuer. */
  readonly keyFetches: number;
  /** The median and the 95th percentile, in milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Each refused request, in words. */
  readonly refusals: readonly string[];
  /** The responses that say that the service is busy: 429, and from 500. */
  readonly busy: number;
  /** The SCIM requests that succeeded, and those above a limit (429). */
  readonly successes: number;
  readonly limited: number;
}

/**
 * Provisions users through two connections of a new domain, half of the requests each: one with client
 * secrets, one with assertions. Meanwhile, replaces the client secret twice, and the key of the issuer once,
 * whose former key is then withdrawn. `npm run test:rotations` rotates the secret of access tokens.
 */
export async function provisionDuringRotations(
  system: MeasuredSystem,
  entra: EntraStandIn,
  load: RotationLoad,
): Promise<RotationFigures> {
  const { domainId } = await openDomainAdmin(system.deployment).createDomain(
    { name: BENCH_NAME, ratePlan: load.ratePlan },
    BENCH_ACTOR,
  );
  const admin = openConnectionAdmin(system.deployment, [entra.origin]);
  const urls = { baseUrl: system.session.baseUrl, tokenUrl: tokenUrlOf(system.session) };
  const secrets = await SecretRotation.start(admin, domainId, urls, load.requestsPerToken);
  const assertions = await trustedClient(admin, domainId, urls, entra, load.requestsPerToken);

  const changes: Promise<void>[] = [];
  let rolledOver = Promise.resolve();
  const schedule = new Map<number, () => Promise<void>>([
    [Math.floor(load.requests / 4), () => secrets.rotate()],
    [Math.floor(load.requests / 2), () => (rolledOver = entra.rollOver())],
    [Math.floor((load.requests * 3) / 4), () => secrets.rotate()],
    [Math.floor((load.requests * 7) / 8), () => rolledOver.then(() => entra.withdrawFormerKeys())],
  ]);
  const idle: UserFlow[] = [];
  const samples = await sendAtRate(
    { ...load, seconds: load.requests / load.perSecond },
    async (at): Promise<number> => {
      const change = schedule.get(at);
      if (change) changes.push(change());
      const flow = idle.shift() ?? new UserFlow(at % 2 === 0 ? secrets.client : assertions);
      const status = await flow.next();
      if (!flow.isDone) idle.push(flow);
      return status;
    },
  );
  await Promise.all(changes);
  const failures = [...secrets.client.failures, ...assertions.failures];
  const refusals = failures.filter(({ response: { status } }) => status !== 429 && status < 500);
  return {
    requests: samples.length,
    tokens: secrets.client.tokens + assertions.tokens,
    rotations: secrets.rotations,
    rollovers: 1,
    keyFetches: await entra.keyFetches(),
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    refusals: refusals.map(
      ({ request, response: { status, body } }) => `${request}: ${status} ${JSON.stringify(body)}`,
    ),
    busy: failures.length - refusals.length,
    successes: samples.filter(({ status }) => status < 400).length,
    limited: samples.filter(({ status }) => status === 429).length,
  };
}

type Urls = ConstructorParameters<typeof EntraClient>[0];

async function createConnection(admin: ConnectionAdmin, domainId: string, name: string): Promise<string> {
  const settings = { name, identityProvider: 'entra-id' } as const;
  return (await admin.createConnection(domainId, settings, BENCH_ACTOR)).connectionId;
}

/** Returns a client that authenticates by assertions, with both shapes of the audience in turn. */
async function trustedClient(
  admin: ConnectionAdmin,
  domainId: string,
  urls: Urls,
  entra: EntraStandIn,
  requestsPerToken: number,
): Promise<EntraClient> {
  const connectionId = await createConnection(admin, domainId, 'Workload identity');
  await admin.createTrust(domainId, connectionId, entra.identity, BENCH_ACTOR);
  const { clientId } = await admin.getConnection(domainId, connectionId);
  let shape: 0 | 1 = 0;
  const authentication: Authentication = async () => {
    shape = shape === 0 ? 1 : 0;
    return {
      form: {
        client_id: clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: await entra.assertion(shape),
      },
    };
  };
  return new EntraClient(urls, authentication, requestsPerToken);
}

/** A connection whose client secret is replaced while its client works. */
class SecretRotation {
  rotations = 0;

  private constructor(
    private readonly admin: ConnectionAdmin,
    private readonly domainId: string,
    private readonly connectionId: string,
    readonly client: EntraClient,
    private currentId: string,
  ) {}

  static async start(
    admin: ConnectionAdmin,
    domainId: string,
    urls: Urls,
    requestsPerToken: number,
  ): Promise<SecretRotation> {
    const connectionId = await createConnection(admin, domainId, 'Client credentials');
    const { credential, clientId, clientSecret } = await admin.createSecret(
      domainId,
      connectionId,
      {},
      BENCH_ACTOR,
    );
    const client = new EntraClient(urls, byBody(clientId, clientSecret), requestsPerToken);
    return new SecretRotation(admin, domainId, connectionId, client, credential.credentialId);
  }

  /** Adds a secret, lets the client use it, and revokes the former one when no request uses it. */
  async rotate(): Promise<void> {
    const { admin, domainId, connectionId } = this;
    const added = await admin.createSecret(domainId, connectionId, {}, BENCH_ACTOR);
    const { clientId, clientSecret } = added;
    const authenticate = this.rotations++ % 2 === 0 ? byBasic : byBody;
    await this.client.authenticateBy(authenticate(clientId, clientSecret));
    await admin.revokeCredential(domainId, connectionId, this.currentId, BENCH_ACTOR);
    this.currentId = added.credential.credentialId;
  }
}

const byBody =
  (clientId: string, clientSecret: string): Authentication =>
  () =>
    Promise.resolve({ form: { client_id: clientId, client_secret: clientSecret } });

const byBasic =
  (clientId: string, clientSecret: string): Authentication =>
  () =>
    Promise.resolve({
      form: {},
      headers: {
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`,
      },
    });
