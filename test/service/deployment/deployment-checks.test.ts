import {
  checkDeployment,
  DEPLOYMENT_CHECKS,
  type DeploymentFacts,
} from '../../../shared/service/deployment/deployment-checks';

const SENDER = { isVerified: true, isSandbox: false, isPaused: false };
const FACTS: DeploymentFacts = {
  senderStatus: () => Promise.resolve(SENDER),
  mailIdentity: 'example.com',
  scimBaseUrl: 'https://scim.example.com/scim/v2',
  portalUrl: 'https://licenses.example.com',
  resolves: () => Promise.resolve(true),
  hasAlarmTopic: true,
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
  ['alarms that reach nobody', { hasAlarmTopic: false }, ['alarms missing']],
  [
    'an address whose subscription may not be confirmed',
    { alarmEmail: 'ops@example.com', hasAlarmTopic: false },
    ['alarms unknown'],
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
