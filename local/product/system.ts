import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  ADMIN_PARAMETER,
  type AdminDeployment,
  DEPLOYMENT_PARAMETER,
  type Deployment,
} from '../../shared/deployment';
import { readSecret } from '../../shared/secret';
import { adminTokenOf } from '../../shared/service/admin-token';
import { mailOperations } from '../services/ses/operations';
import { type ControlParts, LOCAL_PATH, serveControl } from '../cloud/endpoint/server';
import { Cloud } from '../cloud/cloud';
import { writeCollectionVariables } from './collection';
import { CLIENT_VARIABLES, endpointVariables } from '../cloud/environment';
import { chooseEngine } from '../services/dynamodb/engine/choose';
import type { Engine } from '../services/dynamodb/engine/engine';
import { startEngine } from '../services/dynamodb/engine/start';
import { Children } from '../host/children';
import { assertPortIsFree } from '../host/free-port';
import { StateDirectory } from '../host/state-directory';
import { Teardown } from '../host/teardown';
import { SesAccount } from '../services/ses/account';
import { Faults } from '../services/ses/faults';
import { serveMailFront } from '../services/ses/front';
import { type MailServer, startMailServer } from '../services/ses/mail-server';
import { startMeter } from '../services/dynamodb/meter/proxy';
import type { SystemOptions } from './options';
import { openSession, type Session } from './session';
import { loadAssembly } from '../cloud/template/assembly';
import { REGION } from '../cloud/template/identity';
import { resolveResources } from '../cloud/template/resources';
import { synthesize } from '../cloud/template/synth';

const ROOT = resolve(__dirname, '../..');

export interface System {
  readonly session: Session;
  readonly cloud: Cloud;
  /** Rejects when a part that the system cannot do without ends by itself. */
  readonly crashed: Promise<never>;
  stop(): Promise<void>;
}

/** Boots the synthesized template on this machine. What was started is stopped again if the start fails. */
export async function startSystem(options: SystemOptions, teardown = new Teardown()): Promise<System> {
  try {
    return await boot(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function boot(options: SystemOptions, teardown: Teardown): Promise<System> {
  const { progress = () => {} } = options;
  const kind = chooseEngine({ wanted: options.engine, endpoint: options.dynamoDbEndpoint });
  const portalPort = options.portalPort ?? (options.port === 0 ? 0 : options.port + 1);
  await assertPortIsFree(options.port, '--port');
  await assertPortIsFree(portalPort, '--portal-port');
  const state = StateDirectory.open(options.state, options.fresh);
  teardown.add('the state directory', () => state.release());
  const children = new Children(state.logs);
  teardown.add('the reaper', () => children.close());

  progress(`Starting ${kind}, the mail server${options.synth ? ' and cdk synth' : ''}`);
  const assembly = resolve(ROOT, options.assembly);
  const [engine, mail] = await allStarted([
    started(teardown, 'DynamoDB', startEngine(kind, children, state.path, options.dynamoDbEndpoint)),
    started(teardown, 'the mail server', startMailServer(children)),
    options.synth ? synthesize(ROOT, assembly, teardown) : undefined,
  ] as const);

  progress('Starting the stacks');
  const resources = resolveResources(loadAssembly(assembly));
  const starting: { control?: ControlParts } = {};
  const control = await serveControl(() => {
    if (!starting.control) throw new Error('The system is still starting.');
    return starting.control;
  });
  teardown.add('the control server', control.close);

  const log = (line: string) => {
    appendFileSync(join(state.logs, 'host.log'), `${new Date().toISOString()} ${line}\n`);
    if (options.verbose) console.log(line);
  };
  const meter = options.meter ? await startMeter(engine.endpoint, (id) => cloud.callerOf(id)) : undefined;
  if (meter) teardown.add('the meter', meter.close);
  const ses = { account: new SesAccount(), faults: new Faults() };
  const mailFront = await serveMailFront({
    ...ses,
    mailUrl: mail.url,
    publish: (configurationSet, event) => cloud.mailEvents.send(configurationSet, event),
  });
  teardown.add('the front of the mail server', mailFront.close);
  const endpoints = endpointVariables({
    dynamoDb: engine.endpoint,
    ses: mailFront.url,
    control: control.url,
  });
  const cloud: Cloud = await Cloud.start(resources, {
    engine,
    state,
    fresh: options.fresh,
    port: options.port,
    portalPort,
    endpoints: { ...endpoints, ...(meter && { AWS_ENDPOINT_URL_DYNAMODB: meter.url }) },
    verbose: options.verbose,
    log,
    teardown,
  });
  const controlParts = cloud.controlParts((text) => meter?.take(text) ?? []);
  starting.control = { ...controlParts, local: { ...controlParts.local, ...mailOperations(ses) } };

  progress('Opening the session');
  Object.assign(process.env, CLIENT_VARIABLES, endpoints);
  const deployment = JSON.parse(cloud.parameter(DEPLOYMENT_PARAMETER)) as Deployment;
  const admin = JSON.parse(cloud.parameter(ADMIN_PARAMETER)) as AdminDeployment;
  const base = {
    baseUrl: deployment.baseUrl,
    licenseCheckUrl: deployment.licenseCheckUrl,
    ratePlan: options.ratePlan,
    mailUrl: mail.url,
    controlUrl: `${control.url}/${LOCAL_PATH}`,
    adminUrl: admin.adminUrl,
    adminToken: adminTokenOf(await readSecret(admin.adminTokenSecretArn)),
    portalUrl: admin.portalUrl,
    issuer: admin.issuer,
    region: REGION,
    engine: engine.kind,
    endpoints,
  };
  const session = await openSession(base, deployment, state.file<Session>('session.json'));
  writeCollectionVariables(session, join(state.path, 'collection.env'));
  cloud.issuer?.accounts.useDomain(session.domainId);
  return {
    session,
    cloud,
    crashed: Promise.race([engine.crashed, mail.crashed]),
    stop: () => teardown.run(),
  };
}

/** Registers what is to be stopped as soon as it runs, also where another start fails meanwhile. */
async function started<T extends Engine | MailServer>(
  teardown: Teardown,
  name: string,
  starting: Promise<T>,
): Promise<T> {
  const part = await starting;
  teardown.add(name, part.stop);
  return part;
}

/** Like `Promise.all`, but throws only when all have settled, so that nothing starts after the teardown. */
async function allStarted<T extends readonly unknown[]>(
  starting: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(starting);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(starting);
}
