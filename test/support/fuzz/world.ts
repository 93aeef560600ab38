import { randomBytes } from 'node:crypto';
import { newId } from '../../../shared/id';
import { createOAuthClient } from '../oauth/token-client';
import { adminClient, idTokenFor } from '../system/admin-client';
import { waitForMail } from '../system/mails';
import { createDomainClient, type DomainClient, OPERATOR, scimKeyAdmin } from '../system/system';
import { Receiver } from '../webhooks/receiver';
import { made, SECONDS_OF_TOKENS, Things } from './things';

/** The callers of the admin API that have a token. `setup` is somebody with an opened setup link. */
export type AdminRole = 'owner' | 'viewer' | 'operator' | 'setup';

export const SUBSCRIBED_KINDS = ['feed', 'webhook', 'setPoll'] as const;
type SubscribedKind = (typeof SUBSCRIBED_KINDS)[number];

type IdName =
  | ('userId' | 'groupId' | 'keyId' | 'connectionId' | 'credentialId' | 'subscriptionId' | 'secretId')
  | ('linkId' | 'invitationId' | 'administratorId' | 'address');

/**
 * The data that requests of the fuzzer refer to, and what no response and no log may contain. `replenish`
 * replaces what requests have deleted.
 */
export interface World {
  readonly domainId: string;
  readonly scimKey: string;
  readonly things: Things;
  readonly adminTokens: Record<AdminRole, string>;
  readonly licenseKey: string;
  oauth: { readonly clientId: string; readonly clientSecret: string };
  /** The IDs of the subscriptions by their kinds. */
  readonly subscriptions: Record<SubscribedKind, string>;
  readonly eventsTokens: Record<'feed' | 'setPoll', string>;
  /** Is part of names and addresses that the fuzzer sends. No log line may contain it. */
  readonly mark: string;
  readonly names: readonly string[];
  /** IDs by the name of their path parameter. `foreign` are of another domain, and `odd` are of nothing. */
  readonly ids: Record<IdName, string[]> &
    Readonly<Record<'domainId' | 'foreign' | 'odd', readonly string[]>>;
  /** Values for members of bodies, by the names of the members. */
  readonly values: Record<'secret' | 'code' | 'ack', string[]>;
  readonly foreign: { readonly revokedKey: string };
  /** Texts of the other domain, which no response to this domain may contain. */
  readonly canaries: readonly string[];
  /** The credentials that are valid or were valid during the run. */
  readonly credentials: Set<string>;
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
  const { things, setup } = own;
  const [owner, viewer] = [await things.administrator('owner'), await things.administrator('viewer')];
  const operator = await idTokenFor({
    ...{ id: 'operator-who-fuzzes', roles: ['operator'], expiresIn: SECONDS_OF_TOKENS },
  });
  await adminClient(operator)('GET', '/me');
  const adminTokens = { owner: owner.token, viewer: viewer.token, operator, setup };
  return {
    ...{ domainId, scimKey, things, mark, adminTokens },
    ...{ licenseKey: own.licenseKey, oauth: own.oauth, eventsTokens: own.eventsTokens },
    ...{ subscriptions: own.subscriptions, values: own.values },
    names: [own.userName, other.userName, mark],
    ids: {
      ...own.ids,
      administratorId: [viewer.id],
      domainId: [domainId],
      foreign: [foreign.domainId, ...Object.values(other.ids).flat()],
      odd: [...ODD_IDS, newId()],
    },
    foreign: { revokedKey: await revokedKey(domainId) },
    canaries: [canary, foreign.scimKey, ...other.credentials],
    credentials: new Set([scimKey, ...own.credentials, ...Object.values(adminTokens)]),
  };
}

/**
 * Creates a thing of each kind in a domain. Their names contain `mark`, and user names start with `start`.
 */
async function fill(domain: DomainClient, mark: string, start: string) {
  const things = new Things(domain, mark, new Receiver());
  const userNames = [1, 2, 3].map((number) => `${start}-${number}@example.com`);
  const userId: string[] = [];
  for (const userName of userNames) userId.push(made(await things.user(userName)));
  // No request deletes this user, so that the license key stays valid.
  const licensed = `${start}-licensed@example.com`;
  await things.user(licensed);
  const [mail] = await waitForMail(licensed);
  const licenseKey = /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
  const { key, token: scimKey } = made(await things.key());
  const oauth = await createOAuthClient(domain.domainId, `Entra ${mark}`);
  const feed = made(await things.feed());
  const webhook = made(await things.webhook());
  const setPoll = made(await things.setPoll());
  const { subscriptionId } = webhook.subscription;
  const status = await adminClient()('GET', `${things.path}/subscriptions/${subscriptionId}/delivery-status`);
  const secrets = status.body.secrets as readonly { readonly secretId: string }[];
  const [coded, opened] = [made(await things.codedLink()), made(await things.openedLink())];
  const subscriptions = {
    feed: feed.subscription.subscriptionId,
    webhook: subscriptionId,
    setPoll: setPoll.subscription.subscriptionId,
  };
  return {
    ...{ things, subscriptions, licenseKey, userName: userNames[0] ?? '', setup: opened.token },
    oauth: { clientId: oauth.clientId, clientSecret: oauth.clientSecret },
    eventsTokens: { feed: feed.token, setPoll: setPoll.token },
    values: { secret: [coded.secret], code: [coded.code], ack: [] },
    credentials: [
      ...[licenseKey, scimKey, oauth.clientSecret, feed.token, setPoll.token, String(webhook.secret)],
      ...[coded.secret, opened.secret, opened.token],
    ],
    ids: {
      ...{ userId, groupId: [made(await things.group(userId.slice(0, 2)))], keyId: [key.keyId] },
      ...{ connectionId: [oauth.connectionId], credentialId: [oauth.credentialId] },
      ...{ subscriptionId: Object.values(subscriptions), secretId: secrets.map((each) => each.secretId) },
      ...{ linkId: [coded.linkId], invitationId: [made(await things.invitation()).invitationId] },
      address: [...userNames],
    },
  };
}

async function revokedKey(domainId: string): Promise<string> {
  const keys = await scimKeyAdmin();
  const { keyId, token } = await keys.createScimKey(domainId, { name: 'revoked' }, OPERATOR);
  await keys.revokeScimKey(domainId, keyId, OPERATOR);
  return token;
}
