import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MemoryStore } from '../../../sdk/src/store.ts';
import { licenseCheckHandler } from '../../../shared/http/routes/license-check-handler';
import { licenseLeaseHandler } from '../../../shared/http/routes/license-lease-handler';
import { hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import { checkLicense } from '../../../shared/service/licenses/license-check';
import { issueLease } from '../../../shared/service/licenses/license-lease';
import type { SigningKeys } from '../../../shared/signing/signing-keys';
import type { Domain } from '../../../shared/store/domains/domain-store';
import type { HeldLicense } from '../../../shared/store/licenses/license-key-store';
import { apiEvent, lambdaContext } from '../requests/api-events';
import { openSigningEndpoint, type SigningEndpoint } from './signing-endpoint';

export const LICENSE_URL = 'https://scim.example.com/license/v1';
export const LICENSE_KEY = 'M8WQ4-7WVT1-TYWR2-B22E9-QPP6J';
export const DOMAIN_ID = '0190a1b2-0000-7000-8000-000000000001';
export const LICENSE_ID = '0190a1b2-0000-7000-8000-000000000002';

const SOURCE: LicenseKeySource = { domainId: DOMAIN_ID, userId: LICENSE_ID, activationId: 'activation-1' };

/** The functions of the license API in this process, with one license, which `fetch` reaches. */
export class LicenseService {
  license: HeldLicense | undefined = {
    status: 'active',
    userType: 'Full User',
    activationId: 'activation-1',
  };
  /** The way in which `fetch` fails, if it does. */
  failure: 'offline' | 'busy' | 'proxy' | undefined;
  /** The paths of the requests, without their queries. */
  readonly requests: string[] = [];
  /** Replaces the answers. */
  answer: (path: string, respond: () => Promise<Response>) => Promise<Response> = (_, respond) => respond();
  private keys: SigningKeys;

  constructor(
    keys: SigningKeys,
    private readonly settings: { readonly days: number; readonly now: () => Date },
  ) {
    this.keys = keys;
  }

  /** Deploys with other keys. */
  rotate(keys: SigningKeys): void {
    this.keys = keys;
  }

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const path = url.pathname.replace('/license', '');
    this.requests.push(path);
    if (this.failure === 'offline') throw new TypeError('fetch failed');
    if (this.failure === 'busy') return new Response('{}', { status: 503, headers: { 'retry-after': '5' } });
    if (this.failure === 'proxy') return new Response('<html>Sign in</html>');
    return this.answer(path, () => this.respond(path, url, init));
  };

  private async respond(path: string, url: URL, init: RequestInit): Promise<Response> {
    const event: APIGatewayProxyEvent = {
      ...apiEvent({
        headers: Object.fromEntries(new Headers(init.headers)),
        query: Object.fromEntries(url.searchParams),
      }),
      resource: path,
    };
    const { statusCode, headers, body } = await this.handlerOf(path)(event, lambdaContext);
    return new Response(body, { status: statusCode, headers: headers as Record<string, string> });
  }

  private handlerOf(path: string) {
    const keys = {
      find: (hash: string) => Promise.resolve(hash === hashLicenseKey(LICENSE_KEY) ? SOURCE : undefined),
      license: (source: LicenseKeySource) =>
        Promise.resolve({
          license: source === SOURCE ? this.license : undefined,
          domain: { domainId: DOMAIN_ID, name: 'Example Inc' } as Domain,
        }),
    };
    const { days, now } = this.settings;
    if (path === '/v1/check')
      return licenseCheckHandler(() => ({
        check: (key, options) => checkLicense(key, keys, options),
        cacheSeconds: { active: 3_600, other: 300 },
      }));
    return licenseLeaseHandler(() => ({
      issue: (key, nonce) =>
        issueLease(key, { keys, signer: this.keys, issuer: { issuer: LICENSE_URL, days }, now }, nonce),
      publicKeys: () => this.keys.publicKeys(),
      otherCacheSeconds: 300,
    }));
  }
}

/** The set-up of a test of the client: a service, a clock, and a store of its own. */
export interface ClientSetUp {
  readonly clock: TestClock;
  readonly service: LicenseService;
  readonly store: MemoryStore;
}

/**
 * Runs signing keys for the tests of a file. Returns them, and a function that sets up a test with leases of
 * `days`.
 */
export function useLicenseService(days: number) {
  let endpoint: SigningEndpoint | undefined;
  beforeAll(async () => {
    endpoint = await openSigningEndpoint();
  });
  afterAll(() => endpoint?.close());
  const keys: SigningEndpoint['keys'] = (...names) => {
    if (!endpoint) throw new Error('The signing keys run only during the tests.');
    return endpoint.keys(...names);
  };
  const setUp = (): ClientSetUp => {
    const clock = new TestClock();
    return {
      clock,
      service: new LicenseService(keys('First'), { days, now: clock.true }),
      store: new MemoryStore(),
    };
  };
  return { keys, setUp };
}

/** Clocks that a test moves. Both move when time passes; a person can turn only the clock on the wall. */
export class TestClock {
  private time = Date.parse('2026-12-01T12:00:00Z');
  private turned = 0;
  private started = this.time;

  readonly wall = (): number => this.time + this.turned;
  readonly steady = (): number => this.time - this.started;
  /** The time of the service. */
  readonly true = (): Date => new Date(this.time);

  pass(milliseconds: number): void {
    this.time += milliseconds;
  }

  turn(milliseconds: number): void {
    this.turned += milliseconds;
  }

  /** The steady clock of a new process begins again. */
  restart(): void {
    this.started = this.time;
  }
}
