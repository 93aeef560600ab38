import type { Deployment } from '../../shared/deployment';
import type { RatePlanName } from '../../shared/limits/rate-plan';
import { openDomainAdmin } from '../../shared/service/domains/domain-admin';
import { openScimKeyAdmin } from '../../shared/service/credentials/scim-key-admin';
import type { EngineKind } from '../cloud/settings';
import type { JsonFile } from '../host/json-file';

const DOMAIN_NAME = 'Example';
const KEY_NAME = 'Local session';
const ACTOR = { kind: 'system', name: 'local' } as const;

/** The addresses and credentials of the running system. They are written to `session.json`. */
export interface Session {
  /** The stage of the settings. */
  readonly stage: string;
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  /** Ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly domainId: string;
  readonly scimKey: string;
  readonly ratePlan: RatePlanName;
  /** The mailbox, in a browser. */
  readonly mailUrl: string;
  /** The operations for tests and benchmarks, for example `GET queues`. */
  readonly controlUrl: string;
  /** Ends in `/admin/v1`. */
  readonly adminUrl: string;
  readonly adminToken: string;
  /** Empty if the stage has no portal. */
  readonly portalUrl: string;
  /** The OpenID issuer of the portal. Empty if the admin API accepts no ID tokens. */
  readonly issuer: string;
  readonly region: string;
  readonly engine: EngineKind;
  /**
   * The URL of the DynamoDB engine itself, without the limits of AWS. Only tests use it, to write large data
   * sets.
   */
  readonly engineUrl: string;
  /** `AWS_ENDPOINT_URL_…` → URL. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The number of starts of the system with this domain, from 1. */
  readonly starts: number;
}

export type SessionBase = Omit<Session, 'domainId' | 'scimKey' | 'starts'>;

/**
 * Continues with the domain and key of the last run if they still work, or creates new ones. Stores the
 * session.
 */
export async function openSession(
  base: SessionBase,
  deployment: Deployment,
  file: JsonFile<Session>,
): Promise<Session> {
  const last = file.read();
  const kept =
    last?.ratePlan === base.ratePlan && (await works(base.baseUrl, last.scimKey)) ? last : undefined;
  const { domainId, scimKey } = kept ?? (await createDomain(base, deployment));
  const session = { ...base, domainId, scimKey, starts: (kept?.starts ?? 0) + 1 };
  file.write(session);
  return session;
}

async function createDomain({ ratePlan }: SessionBase, deployment: Deployment) {
  const { domainId } = await openDomainAdmin(deployment).createDomain({ name: DOMAIN_NAME, ratePlan }, ACTOR);
  const { token } = await openScimKeyAdmin(deployment).createScimKey(domainId, { name: KEY_NAME }, ACTOR);
  return { domainId, scimKey: token };
}

async function works(baseUrl: string, scimKey: string): Promise<boolean> {
  const response = await fetch(`${baseUrl}/ServiceProviderConfig`, {
    headers: { authorization: `Bearer ${scimKey}` },
  });
  await response.arrayBuffer();
  return response.status !== 401 && response.status !== 403;
}
