import type { Deployment } from '../../shared/deployment';
import type { RatePlanName } from '../../shared/rate-plan';
import { openDomainAdmin } from '../../shared/service/domain-admin';
import { openScimKeyAdmin } from '../../shared/service/scim-key-admin';
import type { EngineKind } from '../services/dynamodb/engine/engine';
import type { JsonFile } from '../host/json-file';

const DOMAIN_NAME = 'Example';
const KEY_NAME = 'Local session';
const ACTOR = { kind: 'system', name: 'local' } as const;

/** What a client needs to use the running system; written to `session.json`. */
export interface Session {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  /** Ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly domainId: string;
  readonly scimKey: string;
  readonly ratePlan: RatePlanName;
  /** Where a browser shows the mails. */
  readonly mailUrl: string;
  readonly controlUrl: string;
  /** Ends in `/admin/v1`. */
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly portalUrl: string;
  /** Where the portal's users sign in. */
  readonly issuer: string;
  readonly region: string;
  readonly engine: EngineKind;
  /** `AWS_ENDPOINT_URL_…` → URL. */
  readonly endpoints: Readonly<Record<string, string>>;
}

export type SessionBase = Omit<Session, 'domainId' | 'scimKey'>;

/** Takes up the domain and key of the last run where they still work, else makes new ones, and stores the session. */
export async function openSession(
  base: SessionBase,
  deployment: Deployment,
  file: JsonFile<Session>,
): Promise<Session> {
  const last = file.read();
  const kept =
    last?.ratePlan === base.ratePlan && (await works(base.baseUrl, last.scimKey)) ? last : undefined;
  const { domainId, scimKey } = kept ?? (await createDomain(base, deployment));
  const session = { ...base, domainId, scimKey };
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
