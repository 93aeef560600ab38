import { newId } from '../../shared/id';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { NOTHING, oneCause, parallel, Rehearsal } from '../support/monitoring/rehearsal';

const rehearsal = new Rehearsal();
const { system } = rehearsal;
const killed = (part: string) => ({ kinds: 'kill-before', operation: 'lambda:Invoke', function: part });
const read = () => system.scim('GET', '/Users?count=1');
const checkLicense = () => fetch(system.session.licenseCheckUrl, { headers: { 'license-key': 'x' } });

/** Returns another key each time, because API Gateway caches the response of the authorizer. */
const wrongKey = () =>
  formatToken({ domainId: system.session.domainId, keyId: newId(), secret: newSecret() });

/** Runs `act` in groups, because Lambda runs only 20 invocations at the same time. */
async function groups(count: number, size: number, act: (at: number) => Promise<unknown>): Promise<void> {
  for (let group = 0; group < count; group++) await parallel(size, act);
}

beforeAll(() => rehearsal.start('--lambda-concurrency', '20'));
afterAll(() => system.stop());

test('a quiet night sets off no alarm', () => {
  expect(rehearsal.run(rehearsal.timeline().add(4 * 60, rehearsal.quiet))).toEqual(NOTHING);
});

test('a first import sets off no alarm', async () => {
  const before = rehearsal.users;
  const segment = await system.record(async () => {
    await parallel(4, async () => {
      for (let at = 0; at < 6; at++) await rehearsal.createUser();
    });
    await rehearsal.runOutbox();
    await rehearsal.waitFor('MailSent', before + 16);
  });
  // 5,000 users of a domain, at 250 a minute.
  const { quiet } = rehearsal;
  const timeline = rehearsal.timeline().add(20, quiet).add(20, segment, { load: 10 }).add(20, quiet);
  expect(rehearsal.run(timeline)).toEqual(NOTHING);
});

test('wrong credentials set off no alarm', async () => {
  const { baseUrl, adminUrl, scimKey } = system.session;
  const headers = { authorization: `Bearer ${scimKey.slice(0, -1)}${scimKey.endsWith('0') ? '1' : '0'}` };
  const refused = await system.record(() =>
    parallel(20, async (at) => {
      const { status } = await fetch(at % 2 === 0 ? `${baseUrl}/Users` : `${adminUrl}/domains`, { headers });
      expect(status).toBe(401);
    }),
  );
  expect(rehearsal.rehearse(refused)).toEqual(NOTHING);
});

test('failing functions of the SCIM API', async () => {
  const fault = await system.record(() =>
    rehearsal.while('faults', killed('Users'), () => parallel(8, read)),
  );
  expect(rehearsal.rehearse(fault)).toEqual(
    oneCause('ProvisioningDegraded', 'ApiFailing', 'ApiFunctionsFailing'),
  );
});

test('failing license checks', async () => {
  const fault = await system.record(() =>
    rehearsal.while('faults', killed('LicenseCheck'), () => parallel(8, checkLicense)),
  );
  expect(rehearsal.rehearse(fault)).toEqual(
    oneCause('LicenseChecksDegraded', 'LicenseCheckFailing', 'LicenseCheckFunctionsFailing'),
  );
});

test('a failing admin API, also through the portal', async () => {
  const { portalUrl, adminToken } = system.session;
  const headers = { authorization: `Bearer ${adminToken}` };
  const fault = await system.record(() =>
    rehearsal.while('faults', killed('ScimAdmin-Function'), () =>
      parallel(8, (at) =>
        at % 2 === 0 ? system.admin('GET', '/domains') : fetch(`${portalUrl}/admin/v1/domains`, { headers }),
      ),
    ),
  );
  const { alarms, notifications, left } = rehearsal.rehearse(fault);
  expect(alarms).toEqual([
    ...['AdminApiFailing', 'AdminFunctionsFailing', 'AdministrationDegraded'],
    // Only the failing API notifies, because it explains the failing portal.
    ...['PortalDegraded', 'PortalFailing'],
  ]);
  expect(notifications).toEqual(['AdministrationDegraded ALARM', 'AdministrationDegraded OK']);
  expect(left).toEqual([]);
});

test('a portal that fails without its API', () => {
  // The local CloudFront does not fail by itself.
  const alarm = system.alarms.metric.find(({ name }) => name === 'scim-PortalFailing');
  const given = alarm?.queries[0]?.MetricStat?.Metric.Dimensions ?? [];
  const dimensions = Object.fromEntries(given.map(({ Name, Value }) => [Name, Value]));
  const fault = {
    namespace: 'AWS/CloudFront',
    name: '5xxErrorRate',
    dimensions,
    samples: [[0, [[100, 1]]]],
  } as const;
  expect(rehearsal.rehearse([fault])).toEqual(oneCause('PortalDegraded', 'PortalFailing'));
});

test.each([
  ['throttling', 'TableThrottled', 8],
  ['unavailable', 'TableFailing', 1],
  ['canceled', 'TableConflicts', 200],
] as const)('a table with %s explains the alarms of requests', async (kinds, alarm, load) => {
  const rule = { kinds, operation: 'dynamodb:', function: 'Users', times: '60' };
  const fault = await system.record(() =>
    rehearsal.while('faults', rule, () => parallel(8, () => rehearsal.createUser())),
  );
  const { alarms, notifications, left } = rehearsal.rehearse(fault, { load });
  expect(alarms).toEqual(expect.arrayContaining([alarm, 'PlatformDegraded']));
  expect(notifications).toEqual(['PlatformDegraded ALARM', 'PlatformDegraded OK']);
  expect(left).toEqual([]);
});

test('the concurrency of the account is used up', async () => {
  const fault = await system.record(() => parallel(60, read));
  const { alarms, notifications } = rehearsal.rehearse(fault);
  expect(alarms).toEqual(
    expect.arrayContaining(['ApiFailing', 'ApiFunctionsThrottled', 'ProvisioningDegraded']),
  );
  expect(notifications).toEqual(['ProvisioningDegraded ALARM', 'ProvisioningDegraded OK']);
});

test.each([
  ['-Functions', read, 'ProvisioningDegraded', ['ApiFailing', 'ApiFunctionsThrottled']],
  [
    'LicenseCheck',
    checkLicense,
    'LicenseChecksDegraded',
    ['LicenseCheckFailing', 'LicenseCheckFunctionsThrottled'],
  ],
  [
    'ScimAdmin-Function',
    () => system.admin('GET', '/domains'),
    'AdministrationDegraded',
    ['AdminApiFailing', 'AdminFunctionsThrottled'],
  ],
] as const)(
  'the concurrency of %s is used up, and other areas still notify',
  async (part, act, root, alarms) => {
    const fault = await system.record(() =>
      rehearsal.while('stop', { function: part }, () => parallel<unknown>(8, act)),
    );
    expect(rehearsal.rehearse(fault)).toEqual(oneCause(root, ...alarms));
  },
);

test.each([
  ['SCIM API', '-Functions', read, 40, 'ApiSlow', 'ProvisioningDegraded'],
  [
    'check of SCIM keys',
    'Authorizer',
    () => system.scim('GET', '/Users', undefined, wrongKey()),
    10,
    'AuthorizerSlow',
    'ProvisioningDegraded',
  ],
  [
    'admin API',
    'ScimAdmin-Function',
    () => system.admin('GET', '/domains'),
    40,
    'AdminApiSlow',
    'AdministrationDegraded',
  ],
] as const)('a slow %s', async (_name, part, act, slowness, alarm, root) => {
  const fault = await system.record(
    () => rehearsal.while('table-latency', { function: part, ms: '200' }, () => groups(2, 10, act)),
    [],
    { withTimes: true },
  );
  const { alarms, notifications, left } = rehearsal.rehearse(fault, { slowness });
  expect(alarms).toEqual(expect.arrayContaining([alarm, root]));
  expect(notifications).toEqual([`${root} ALARM`, `${root} OK`]);
  expect(left).toEqual([]);
});

test('requests that the service cannot count', async () => {
  const { domainId, token } = await rehearsal.createDomain();
  const rule = { kinds: 'throttling', operation: 'dynamodb:UpdateItem', function: 'Users', of: domainId };
  const fault = await system.record(
    () => rehearsal.while('faults', rule, () => system.scim('GET', '/Users?count=1', undefined, token)),
    ['RateCounterUnavailable'],
  );
  expect(rehearsal.rehearse(fault)).toEqual(oneCause('ProvisioningDegraded', 'RateCounterUnavailable'));
});

test('more license checks than the share of an address allows', async () => {
  const fault = await system.record(async () => {
    for (let refused = 0; refused < 30;) {
      const responses = await parallel(15, checkLicense);
      refused += responses.filter(({ status }) => status === 429).length;
    }
  });
  expect(rehearsal.rehearse(fault, { load: 40 })).toEqual(oneCause('LicenseChecksThrottled'));
});

test.each([
  ['SCIM API', 'ScimApi-', () => system.scim('GET', '/Users', undefined, wrongKey()), 'ProvisioningDegraded'],
  ['license check', 'LicenseCheck', checkLicense, 'LicenseChecksDegraded'],
  ['admin API', 'ScimAdmin-', () => system.admin('GET', '/domains'), 'AdministrationDegraded'],
] as const)('functions of the %s that cannot read the table or a secret', async (_name, part, act, root) => {
  const fault = await system.record(async () => {
    // Instances keep secrets that they have read.
    await system.control('POST', 'kill', { function: part, all: 'true' });
    for (const operation of ['dynamodb:', 'GetSecretValue'])
      await system.control('POST', 'faults', { kinds: 'unavailable', operation, function: part });
    await parallel<unknown>(8, act);
    await system.control('DELETE', 'faults');
  });
  const { notifications } = rehearsal.rehearse(fault);
  // The table fails, too, unless the functions need no more than the secret.
  expect([
    [`${root} ALARM`, `${root} OK`],
    ['PlatformDegraded ALARM', 'PlatformDegraded OK'],
  ]).toContainEqual(notifications);
});

describe('The saved queries of APIs', () => {
  test.each([
    'ApiFailing/requests',
    'ApiFailing/errors',
    'ApiSlow/routes',
    'AuthorizerSlow/overhead',
    'RateCounterUnavailable/causes',
    'TableThrottled/domains',
    'PlatformDegraded/domains',
    'LicenseCheckFailing/requests',
    'LicenseChecksThrottled/callers',
    'AdminApiFailing/requests',
    'AdminApiSlow/routes',
  ])('%s shows the cause of its fault', async (name) => {
    expect(await system.control('GET', 'insights', { name })).not.toEqual([]);
  });

  test('use only fields that lines of their log groups have', async () => {
    const isOfApi = (name: string) =>
      /^(Api|Authorizer|RateCounter|Platform|Table|LicenseChecks?[FT]|Admin|Request\/(scim|license$|admin))/.test(
        name,
      );
    expect(await rehearsal.missingFields(isOfApi)).toEqual([]);
  });
});
