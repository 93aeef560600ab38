import {
  checkDeployment,
  DEPLOYMENT_CHECKS,
  type DeploymentFacts,
} from '../../../shared/service/deployment/deployment-checks';

const SENDER = { isVerified: true, isSandbox: false, isPaused: false };
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

/** The responses of the service itself. */
const answerAt = (url: string): string =>
  url.endsWith('/config.json') ? '{"clientId":"a"}' : JSON.stringify({ meta: { location: url } });

const FACTS: DeploymentFacts = {
  senderStatus: () => Promise.resolve(SENDER),
  mailIdentity: 'example.com',
  scimBaseUrl: 'https://scim.example.com/scim/v2',
  portalUrl: 'https://licenses.example.com',
  resolves: () => Promise.resolve(true),
  read: (url) => Promise.resolve({ status: 200, text: answerAt(url) }),
  alarmTopicArn: TOPIC,
  alarmEmail: 'ops@example.com',
  subscriptions: () =>
    Promise.resolve([{ protocol: 'email', endpoint: 'ops@example.com', isConfirmed: true }]),
  onUnknown: () => undefined,
};

const missing = async (facts: Partial<DeploymentFacts>) =>
  (await checkDeployment({ ...FACTS, ...facts }))
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status }) => `${check} ${status}`);

it('finds nothing in a complete deployment', async () => {
  const checks = await checkDeployment(FACTS);
  expect(checks.map(({ check }) => check)).toEqual(DEPLOYMENT_CHECKS);
  expect(checks.filter(({ status, action }) => status !== 'ok' || action !== undefined)).toEqual([]);
});

it.each<[string, Partial<DeploymentFacts>, string[]]>([
  [
    'an unverified sender',
    { senderStatus: () => Promise.resolve({ ...SENDER, isVerified: false }) },
    ['sender missing'],
  ],
  [
    'the sandbox',
    { senderStatus: () => Promise.resolve({ ...SENDER, isSandbox: true }) },
    ['production-access missing'],
  ],
  [
    'paused sending',
    { senderStatus: () => Promise.resolve({ ...SENDER, isPaused: true }) },
    ['sending missing'],
  ],
  [
    'a host name without an address',
    { resolves: (host) => Promise.resolve(host !== 'licenses.example.com') },
    ['portal-dns missing'],
  ],
  [
    'a name that leads to another stage',
    {
      read: (url) =>
        Promise.resolve({
          status: 200,
          text: answerAt(url.replace('scim.example.com', 'other.example.com')),
        }),
    },
    ['scim-dns missing'],
  ],
  [
    'a name that leads to something else',
    { read: () => Promise.resolve({ status: 403, text: '{"message":"Forbidden"}' }) },
    ['scim-dns missing', 'portal-dns missing'],
  ],
  [
    'a name without a valid certificate',
    {
      read: (url) =>
        url.startsWith('https://licenses.')
          ? Promise.reject(new TypeError('fetch failed', { cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } }))
          : FACTS.read(url),
    },
    ['portal-dns missing'],
  ],
  [
    'a service that is busy',
    { read: () => Promise.resolve({ status: 429, text: '' }) },
    ['scim-dns unknown', 'portal-dns unknown'],
  ],
  ['alarms that reach nobody', { alarmEmail: undefined, alarmTopicArn: undefined }, ['alarms missing']],
  [
    'an address whose subscription is not confirmed',
    {
      subscriptions: () =>
        Promise.resolve([{ protocol: 'email', endpoint: 'ops@example.com', isConfirmed: false }]),
    },
    ['alarms missing'],
  ],
])('finds %s, and says what to do', async (_, facts, expected) => {
  expect(await missing(facts)).toEqual(expected);
  const checks = await checkDeployment({ ...FACTS, ...facts });
  expect(checks.filter(({ status }) => status !== 'ok').every(({ action }) => action)).toBe(true);
});

it('goes on if AWS does not respond, and reports the error', async () => {
  const errors: unknown[] = [];
  const failed = new Error('no response');
  const result = await missing({
    resolves: (host) => (host === 'scim.example.com' ? Promise.reject(failed) : Promise.resolve(true)),
    onUnknown: (check, error) => errors.push([check, error]),
  });
  expect(result).toEqual(['scim-dns unknown']);
  expect(errors).toEqual([['scim-dns', failed]]);
});

it('needs no portal', async () => {
  const checks = await checkDeployment({ ...FACTS, portalUrl: undefined });
  expect(checks.map(({ check }) => check)).not.toContain('portal-dns');
});

it('says why there is no connection to a name', async () => {
  const cause = { code: 'ERR_TLS_CERT_ALTNAME_INVALID' };
  const read = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const checks = await checkDeployment({ ...FACTS, read });
  expect(checks.find(({ check }) => check === 'scim-dns')?.found).toContain(cause.code);
});
