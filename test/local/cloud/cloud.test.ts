import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Faults } from '../../../local/cloud/faults/faults';
import { Callers } from '../../../local/cloud/callers';
import { Cloud } from '../../../local/cloud/cloud';
import { resourceTypesOf, type Service } from '../../../local/cloud/service';
import { byId } from '../../../local/cloud/template/identity';
import { Children } from '../../../local/host/processes/children';
import { StateDirectory } from '../../../local/host/state-directory';
import { Teardown } from '../../../local/host/processes/teardown';
import { iamOf } from '../iam';
import { resource } from '../resources';

const SETTINGS = {
  engine: { kind: 'dynoxide' },
  port: 0,
  portalPort: 0,
  fresh: false,
  meter: false,
  timeoutFactor: 1,
  redeliveryFactor: 1,
  transactionHoldMs: 0,
  controlPlane: { keysPerSecond: 5, planKeyMs: 30, maxKeys: 10_000 },
  indexLagMs: 0,
  partitionLimits: true,
  lambdaConcurrency: 1_000,
  tableLatencyMs: 0,
  ses: { sandbox: false, identities: [], latencyMs: 0 },
  verbose: false,
} as const;

let directory: string;
let teardown: Teardown;
let steps: string[];

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'cloud-'));
  teardown = new Teardown();
  steps = [];
});
afterEach(async () => {
  await teardown.run();
  rmSync(directory, { recursive: true });
});

function cloudOf(...services: Service[]): Cloud {
  return new Cloud(services, {
    settings: SETTINGS,
    state: StateDirectory.open(directory, false),
    children: new Children(directory),
    teardown,
    callers: new Callers(),
    faults: new Faults(),
    iam: iamOf(),
    log: () => {},
  });
}

/** A service that records its steps, and replaces `<name>` in the template. */
const service = (name: string): Service => ({
  resourceTypes: { [`Test::${name}`]: byId },
  launch: () => Promise.resolve(void steps.push(`launch ${name}`)),
  prepare: (_, [first]) => {
    steps.push(`prepare ${name}: ${String(first?.properties.Text)}`);
    return (text) => text.replace(`<${name}>`, `the ${name}`);
  },
  start: (context, [first]) => {
    steps.push(`start ${name}: ${String(first?.properties.Text)}, ${context.environment('function').PEER}`);
  },
  environment: (_, client) => ({ [name]: client, PEER: name }),
  operations: () => ({
    [`${name}.Ask`]: {
      permission: () => ({ action: `${name}:Ask`, resource: '*' }),
      run: () => ({ from: name }),
    },
  }),
  localOperations: () => ({ [`GET ${name}`]: () => ({ local: name }) }),
});

const RESOURCES = [resource('Test::a', 'A', { Text: '<a> and <b>' })];

it('calls each phase on all services in order, and starts them with final properties', async () => {
  const cloud = cloudOf(service('a'), service('b'));
  await cloud.launch();
  await cloud.start(RESOURCES);
  expect(steps).toEqual([
    'launch a',
    'launch b',
    'prepare a: <a> and <b>',
    'prepare b: <a> and <b>',
    'start a: the a and the b, b',
    'start b: the a and the b, b',
  ]);
});

it('merges the environment of all services for a kind of client', () => {
  expect(cloudOf(service('a'), service('b')).environment('program')).toEqual({
    a: 'program',
    b: 'program',
    PEER: 'b',
  });
});

it('serves the operations of all services once all have started', async () => {
  let during = 0;
  const curious: Service = {
    resourceTypes: {},
    start: async (context) => {
      during = (await fetch(`${context.endpointUrl()}/_local/a`)).status;
    },
  };
  const cloud = cloudOf(service('a'), curious);
  await cloud.start(RESOURCES);
  expect(during).toBe(500);
  expect(await (await fetch(`${cloud.localUrl}/a`)).json()).toEqual({ local: 'a' });
  const asked = await fetch(new URL('/', cloud.localUrl), {
    method: 'POST',
    headers: {
      'x-amz-target': 'a.Ask',
      authorization: 'AWS4-HMAC-SHA256 Credential=LOCALHOST/20260101/us-east-1/a/aws4_request',
    },
  });
  expect(await asked.json()).toEqual({ from: 'a' });
});

it('refuses two services for one resource type', () => {
  expect(() => resourceTypesOf([service('a'), service('a')])).toThrow('Two services run Test::a.');
});
