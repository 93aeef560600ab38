import { CONTROL_PLANE, NO_CONTROL_PLANE_LIMITS } from '../cloud/settings';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  adminParameter,
  type AdminDeployment,
  deploymentParameter,
  type Deployment,
} from '../../shared/deployment';
import { ENV } from '../../shared/env';
import { LOCAL_STAGE } from '../../shared/stage';
import { fetchSecret } from '../../shared/store/secrets/secret';
import { toAdminToken } from '../../shared/service/credentials/admin-token';
import { Callers } from '../cloud/callers';
import { Cloud } from '../cloud/cloud';
import { CLIENT_VARIABLES } from '../cloud/environment';
import { Faults } from '../cloud/faults/faults';
import { Iam } from '../cloud/iam/iam';
import { Usage } from '../cloud/iam/usage';
import { ACCOUNT, REGION } from '../cloud/template/account';
import { loadAssembly } from '../cloud/template/assembly';
import { synthesize } from '../cloud/template/synth';
import { hashOfInputs, isUpToDate } from '../cloud/template/synth-inputs';
import { allStarted } from '../host/processes/all-started';
import { Children } from '../host/processes/children';
import { assertPortIsFree } from '../host/free-port';
import type { Progress } from '../host/step-progress';
import { StateDirectory } from '../host/state-directory';
import { Teardown } from '../host/processes/teardown';
import { chooseEngine } from '../services/dynamodb/engine/choose';
import { resolveResources, Services } from '../services/services';
import { addPortalAccounts } from './accounts';
import { writeCollectionVariables } from './collection';
import { addOrigins } from './origins';
import { DEFAULT_LAMBDA_CONCURRENCY, DEFAULT_TRANSACTION_HOLD_MS, type SystemOptions } from './options';
import { openSession, type Session } from './session';
import { USAGE_FILE } from './iam-usage';

/** The share of invocations that go to the functions of `formerAssembly`. */
const FORMER_SHARE = 0.5;

const ROOT = resolve(__dirname, '../..');

const NO_PROGRESS: Progress = { step: () => {}, detail: () => {} };

export interface System {
  readonly session: Session;
  /** The names and addresses of the deployed stacks. */
  readonly deployment: Deployment;
  /** Rejects if a process that the system needs ends by itself. */
  readonly crashed: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Runs the synthesized stacks on this machine, and opens a session. If the start fails, everything is stopped
 * again.
 */
export async function startSystem(options: SystemOptions, teardown = new Teardown()): Promise<System> {
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(options: SystemOptions, teardown: Teardown): Promise<System> {
  const { progress = NO_PROGRESS, dynamoDbEndpoint: endpoint, port, fresh, meter, verbose } = options;
  const { timeoutFactor = 1, sesSandbox = false, sesIdentities = [] } = options;
  const { transactionHold = DEFAULT_TRANSACTION_HOLD_MS, stage = LOCAL_STAGE } = options;
  const transactionHoldMs = transactionHold === 'off' ? undefined : transactionHold;
  const { lambdaConcurrency = DEFAULT_LAMBDA_CONCURRENCY, indexLag = 0, partitionLimits = true } = options;
  const { sesRate: rate, sesQuota: quota, controlPlaneLimits = true } = options;
  const { redeliveryFactor = 1, tableLatency: tableLatencyMs = 0, sesLatency: latencyMs = 0 } = options;
  const ses = { sandbox: sesSandbox, identities: sesIdentities, rate, quota, latencyMs };
  const kind = chooseEngine({ wanted: options.engine, endpoint });
  const portalPort = options.portalPort ?? (port === 0 ? 0 : port + 1);
  // A system with the same data has the same ports, too, and needs another answer than a port that is taken.
  StateDirectory.assertUnused(options.state);
  await assertPortIsFree(port, '--port');
  await assertPortIsFree(portalPort, '--portal-port');
  const state = StateDirectory.open(options.state, fresh);
  teardown.add('the state directory', () => state.release());
  const children = new Children(state.logs);
  teardown.add('the reaper', () => children.close());

  const faults = new Faults();
  if (options.faults) faults.add(options.faults);
  const services = new Services();
  const cloud = new Cloud(services.list(), {
    settings: {
      ...{ port, portalPort, fresh, meter, ses, transactionHoldMs, verbose },
      ...{ timeoutFactor, redeliveryFactor, tableLatencyMs, measuresUsage: options.measuresUsage },
      engine: { kind, endpoint },
      controlPlane: controlPlaneLimits ? CONTROL_PLANE : NO_CONTROL_PLANE_LIMITS,
      ...{ lambdaConcurrency, partitionLimits, indexLagMs: indexLag },
    },
    state,
    children,
    teardown,
    callers: new Callers(),
    ...(options.formerAssembly !== undefined && {
      former: {
        resources: resolveResources(loadAssembly(resolve(ROOT, options.formerAssembly))),
        share: FORMER_SHARE,
      },
    }),
    faults,
    iam: new Iam(new Usage(state.file(USAGE_FILE))),
    log: (line) => {
      appendFileSync(join(state.logs, 'host.log'), `${new Date().toISOString()} ${line}\n`);
      if (verbose) console.log(line);
    },
  });

  const assembly = resolve(ROOT, options.assembly);
  const isSynthesized = !options.synth || isUpToDate(assembly, hashOfInputs(ROOT, contextOf(stage)));
  progress.step(
    isSynthesized
      ? `Starting ${kind} and the mail server; the stacks are those of the last synthesis`
      : `Starting ${kind} and the mail server, and synthesizing the stacks`,
  );
  const onBundle = (done: number, total: number) => progress.detail(`${done} of ${total} bundles`);
  await allStarted([
    cloud.launch(),
    isSynthesized ? undefined : synthesize(ROOT, assembly, contextOf(stage), teardown, onBundle),
  ]);

  progress.step('Starting the stacks');
  const resources = resolveResources(loadAssembly(assembly));
  await cloud.start(
    addOrigins(resources, {
      [ENV.jwksOrigins]: options.jwksOrigins ?? [],
      [ENV.webhookOrigins]: options.webhookOrigins ?? [],
    }),
  );

  progress.step('Opening the session');
  const endpoints = cloud.environment('program');
  Object.assign(process.env, CLIENT_VARIABLES, endpoints);
  const deployment = JSON.parse(services.ssm.parameter(deploymentParameter(stage))) as Deployment;
  const admin = JSON.parse(services.ssm.parameter(adminParameter(stage))) as AdminDeployment;
  const base = {
    stage,
    baseUrl: deployment.baseUrl,
    licenseCheckUrl: deployment.licenseCheckUrl,
    ratePlan: options.ratePlan,
    mailUrl: services.ses.mailboxUrl,
    controlUrl: cloud.localUrl,
    adminUrl: admin.adminUrl,
    adminToken: toAdminToken(await fetchSecret(admin.adminTokenSecretArn)),
    portalUrl: admin.portalUrl ?? '',
    issuer: admin.issuer ?? '',
    region: REGION,
    engine: kind,
    engineUrl: services.dynamoDb.engineUrl,
    endpoints,
  };
  const session = await openSession(base, deployment, state.file<Session>('session.json'));
  writeCollectionVariables(session, join(state.path, 'collection.env'));
  addPortalAccounts(session.domainId, services.cognito.accounts);
  return { session, deployment, crashed: children.crashed, stop: () => teardown.run() };
}

/**
 * Returns the context of `cdk synth`. On this machine, each stage is in the account and region of the local
 * cloud.
 */
const contextOf = (stage: string): Record<string, string> => ({ stage, account: ACCOUNT, region: REGION });
