import { randomBytes } from 'node:crypto';
import { newId } from '../../../shared/id';
import { createOAuthClient } from '../oauth/token-client';
import { patchBody, userBody } from '../requests/bodies';
import { adminClient, idTokenFor, portalUserIdOf } from '../system/admin-client';
import { waitForMail } from '../system/mails';
import { createDomainClient, type DomainClient, OPERATOR, scimKeyAdmin } from '../system/system';

/** The data that requests of the fuzzer refer to, and what no response and no log may contain. */
export interface World {
  readonly domainId: string;
  readonly scimKey: string;
  /** ID tokens of the domain's owner and viewer, and of an operator. */
  readonly adminTokens: Readonly<Record<'owner' | 'viewer' | 'operator', string>>;
  readonly licenseKey: string;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly feedToken: string;
  /** Is part of names and addresses that the fuzzer sends. No log line may contain it. */
  readonly mark: string;
  readonly names: readonly string[];
  /** IDs by the name of their path parameter. `foreign` are of another domain, and `odd` are of nothing. */
  readonly ids: Readonly<Record<'domainId' | 'userId' | 'groupId' | 'foreign' | 'odd', readonly string[]>> &
    Readonly<Record<string, readonly string[]>>;
  readonly foreign: { readonly revokedKey: string };
  /** Texts of the other domain, which no response to this domain may contain. */
  readonly canaries: readonly string[];
}

const ODD_IDS = [
  '',
  '.',
  '..',
  'x',
  'null',
  '%00',
  '\u0000',
  '__proto__',
  'a/b',
  'DOMAIN#',
  '😀',
  '0'.repeat(1_500),
];
const SECONDS_OF_TOKENS = 86_400;

/** Creates a domain for the fuzzer, and another one that it must not see. */
export async function createWorld(): Promise<World> {
  const mark = `fuzz${randomBytes(6).toString('hex')}`;
  const domain = await createDomainClient({ name: 'Fuzzed' });
  const own = await fill(domain, mark, mark);
  const canary = `canary${randomBytes(6).toString('hex')}`;
  const foreign = await createDomainClient({ name: `Other ${canary}` });
  // The requests may contain these user names, so only the other values show a leak.
  const other = await fill(foreign, canary, `known${randomBytes(6).toString('hex')}`);
  const { domainId, scimKey } = domain;
  const token = (id: string, roles: string[]) =>
    idTokenFor({ id, name: id, roles, expiresIn: SECONDS_OF_TOKENS });
  const adminTokens = {
    owner: await token(portalUserIdOf(domainId, 'owner'), [`${domainId}:owner`]),
    viewer: await token(portalUserIdOf(domainId, 'viewer'), [`${domainId}:viewer`]),
    operator: await token('operator-who-fuzzes', ['operator']),
  };
  for (const each of Object.values(adminTokens)) await adminClient(each)('GET', '/me');
  return {
    domainId,
    scimKey,
    adminTokens,
    licenseKey: own.licenseKey,
    oauth: own.oauth,
    feedToken: own.feedToken,
    mark,
    names: [own.userName, other.userName, mark],
    ids: { ...own.ids, foreign: Object.values(other.ids).flat(), odd: [...ODD_IDS, newId()] },
    foreign: { revokedKey: await revokedKey(domainId) },
    canaries: [canary, other.licenseKey, foreign.scimKey, other.oauth.clientSecret, other.feedToken],
  };
}

/** Creates a thing of each kind in a domain. Their names contain `mark`, and user names start with `start`. */
async function fill(domain: DomainClient, mark: string, start: string) {
  const { domainId } = domain;
  const admin = adminClient();
  const userNames = [1, 2, 3].map((number) => `${start}-${number}@example.com`);
  const userId: string[] = [];
  for (const userName of userNames) {
    const { body } = (await domain.request('POST', '/Users', userBody(userName, { displayName: mark }))) as {
      body: { id: string };
    };
    userId.push(body.id);
  }
  const group = await domain.request('POST', '/Groups', {
    displayName: `Group ${mark}`,
    members: [{ value: userId[0] }],
  });
  const groupId = [(group.body as { id: string }).id];
  await domain.request(
    'PATCH',
    `/Groups/${groupId[0]}`,
    patchBody({ op: 'add', path: 'members', value: [{ value: userId[1] }] }),
  );
  const [mail] = await waitForMail(userNames[0] ?? '');
  const licenseKey = /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
  const path = `/domains/${domainId}`;
  const created = async (below: string, body: object) => (await admin('POST', path + below, body)).body;
  const { key } = await created('/keys', { name: `Key ${mark}` });
  const { clientId, clientSecret, connectionId, credentialId } = await createOAuthClient(
    domainId,
    `Entra ${mark}`,
  );
  const { token, subscription } = await created('/subscriptions', {
    name: `Feed ${mark}`,
    kind: 'feed',
    content: 'full',
  });
  const { link } = await created('/setup-links', { email: `it-${mark}@example.com` });
  const { linkId } = link as { linkId: string };
  const { invitationId } = await created('/administrators', {
    email: `new-${mark}@example.com`,
    role: 'viewer',
  });
  return {
    userName: userNames[0] ?? '',
    licenseKey,
    oauth: { clientId, clientSecret },
    feedToken: token,
    ids: {
      ...{ domainId: [domainId], userId, groupId, keyId: [key.keyId], connectionId: [connectionId] },
      ...{ credentialId: [credentialId], subscriptionId: [subscription.subscriptionId], linkId: [linkId] },
      ...{ invitationId: [invitationId], administratorId: [portalUserIdOf(domainId, 'viewer')] },
      ...{ address: userNames, secretId: [newId()] },
    },
  };
}

async function revokedKey(domainId: string): Promise<string> {
  const keys = await scimKeyAdmin();
  const { keyId, token } = await keys.createScimKey(domainId, { name: 'revoked' }, OPERATOR);
  await keys.revokeScimKey(domainId, keyId, OPERATOR);
  return token;
}
