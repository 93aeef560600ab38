import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';

const POLL_MS = 100;

/** Calls the admin API for a domain. */
export type CallDomain = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const TENANT = '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809';
const APPLICATION = '0d9c7a52-6f3e-4b7a-8f0e-6a1d2c3b4e5f';

/** A trust in a workload identity of Entra ID. */
const TRUST = {
  issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  jwksUrl: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
  subject: '5f0c1b1e-8c37-4f0e-9a55-2d3b7c1d9e10',
  audiences: [APPLICATION, `api://${APPLICATION}`],
  tenant: TENANT,
};

/**
 * Creates connections of Okta and Entra ID, and a revoked key without a connection. Returns the key of Okta.
 */
export async function createConnections(call: CallDomain) {
  const old = await call<{ key: { keyId: string } }>('POST', '/keys', { name: 'Old connection' });
  await call('DELETE', `/keys/${old.key.keyId}`);
  const connect = async (name: string, identityProvider: string) =>
    (await call<{ connectionId: string }>('POST', '/connections', { name, identityProvider })).connectionId;
  const entraConnectionId = await connect('Entra ID', 'entra-id');
  await call('POST', `/connections/${entraConnectionId}/secrets`, { name: '2026' });
  await call('POST', `/connections/${entraConnectionId}/trusts`, TRUST);
  const oktaConnectionId = await connect('Okta', 'okta');
  const expireTime = new Date(Date.now() + 14 * 24 * 3_600_000).toISOString();
  const { token } = await call<{ token: string }>('POST', '/keys', {
    name: 'Okta',
    connectionId: oktaConnectionId,
    expireTime,
  });
  return { entraConnectionId, oktaConnectionId, token };
}

/** Mappings of each kind. Only the first two match users. */
const MAPPINGS = [
  {
    from: { kind: 'group', by: 'displayName', value: 'Engineering' },
    to: { kind: 'organization', organization: 'Research', role: 'lead' },
  },
  {
    from: { kind: 'attribute', path: 'title', value: 'Analyst' },
    to: { kind: 'organization', organization: 'Finance', role: 'member' },
  },
  {
    from: { kind: 'entitlement', value: 'professional' },
    to: { kind: 'userType', userType: 'Full User' },
  },
  { from: { kind: 'role', value: 'admin' }, to: { kind: 'administrator', role: 'owner', license: false } },
  { from: { kind: 'group', by: 'externalId', value: '00g-contractors' }, to: { kind: 'noLicense' } },
];

/** Creates mappings and organizations, and waits until all users are evaluated. */
export async function createMappings(call: CallDomain): Promise<void> {
  await call('PUT', '/mappings', {
    version: 0,
    mappings: MAPPINGS,
    organizations: [
      { name: 'Research', roles: ['member', 'lead'] },
      { name: 'Finance', roles: ['member'] },
    ],
  });
  const isEvaluated = async () =>
    (await call<{ evaluation?: { finishedAt?: string } }>('GET', '/mappings')).evaluation?.finishedAt !==
    undefined;
  await until('the evaluation of the users', HANG_LIMIT_MS, isEvaluated, POLL_MS);
}

/**
 * Creates a subscription of each kind. The endpoint of the webhook does not exist. Waits until it has failed.
 */
export async function createSubscriptions(call: CallDomain): Promise<void> {
  const endpoint = 'https://hooks.example.invalid/scim';
  const subscriptions = [
    { name: 'Reports', kind: 'feed', types: ['license.activated', 'license.ended'] },
    { name: 'Example Product', kind: 'webhook', endpoint },
    { name: 'Directory', kind: 'setPush', endpoint, authorization: 'Bearer example' },
    { name: 'Analytics', kind: 'setPoll', types: ['user.created', 'user.deleted'] },
    { name: 'Rules', kind: 'eventBridge', content: 'full' },
  ];
  const [, webhook] = await Promise.all(
    subscriptions.map((body) =>
      call<{ subscription: { subscriptionId: string } }>('POST', '/subscriptions', body),
    ),
  );
  const { subscriptionId = '' } = webhook?.subscription ?? {};
  await call('POST', `/subscriptions/${subscriptionId}/test-events`);
}
