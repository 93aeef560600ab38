import { withPepper } from '../../credentials/pepper';
import type { CurrentSecret } from '../../credentials/secret-versions';
import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { newId, newSimulationId } from '../../id';
import { formatToken, hashKey, newSecret } from '../../credentials/scim-key';
import type { Actor, AuditAction, AuditEvent } from '../../store/audit/audit';
import { SimulationStore } from '../../store/credentials/simulation-store';
import { readCurrentOf } from '../../store/secrets/secrets';
import type { Table } from '../../store/table/table';
import { VersionConflict } from '../../store/table/operations/transaction';
import { AdminError } from '../admin/admin-error';
import { flushAfterRevocation } from '../credentials/flush-cache';
import { domainNotFound } from '../domains/domain-admin';

/** The time after which the credential of a connection test ends by itself. */
const SIMULATION_MINUTES = 10;
const SIMULATION_NAME = 'Connection test';

/** The credential of a connection test. */
interface Simulation {
  readonly simulationId: string;
  /** The SCIM key. It cannot be read again. */
  readonly token: string;
  /** RFC 3339, UTC. */
  readonly expireTime: string;
}

interface SimulationAdminDependencies {
  readonly simulations: SimulationStore;
  readonly usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>;
  readonly peppers: () => Promise<CurrentSecret>;
  readonly now: () => Date;
}

/** Creates and revokes the credentials of connection tests. Throws `AdminError`. */
export class SimulationAdmin {
  constructor(private readonly dependencies: SimulationAdminDependencies) {}

  /** Begins a connection test. The credential of an earlier test ends. */
  async start(domainId: string, actor: Actor): Promise<Simulation> {
    const { simulations, peppers, now } = this.dependencies;
    const at = now();
    const keyId = newSimulationId();
    const token = { domainId, keyId, secret: newSecret() };
    const expireTime = new Date(at.getTime() + SIMULATION_MINUTES * 60_000).toISOString();
    const credential = {
      keyId,
      type: 'scim-key',
      connectionId: keyId,
      name: SIMULATION_NAME,
      ...withPepper(await peppers(), (pepper) => hashKey(token, pepper)),
      createdAt: at.toISOString(),
      expireTime,
    } as const;
    const audit = simulationEvent('simulation.started', keyId, actor, at, { after: expireTime });
    try {
      await simulations.start(domainId, credential, audit);
    } catch (error) {
      throw error instanceof VersionConflict ? domainNotFound(domainId) : error;
    }
    return { simulationId: keyId, token: formatToken(token), expireTime };
  }

  /**
   * Ends a connection test, effective immediately: the authorizer's cache is flushed. A call may be repeated,
   * and must be repeated if it fails.
   */
  async end(domainId: string, simulationId: string, actor: Actor): Promise<void> {
    const { simulations, usageKeys, now } = this.dependencies;
    const simulation = await simulations.get(domainId);
    if (simulation?.keyId !== simulationId)
      throw new AdminError(
        `The domain ${domainId} has no connection test ${simulationId}. It has ended, or another one has begun.`,
        'notFound',
      );
    const at = now();
    if (simulation.revokedAt === undefined)
      await simulations.end(
        domainId,
        simulationId,
        simulationEvent('simulation.ended', simulationId, actor, at, {
          before: simulation.expireTime,
        }),
      );
    await flushAfterRevocation(usageKeys, simulation.revokedAt ?? at.toISOString(), at);
  }
}

const simulationEvent = (
  action: AuditAction,
  resourceId: string,
  actor: Actor,
  at: Date,
  expireTime: { readonly before?: string; readonly after?: string },
): AuditEvent => ({
  ...{ id: newId(), at: at.toISOString(), action, resourceId, resourceName: SIMULATION_NAME, actor },
  changes: [{ attribute: 'expireTime', ...expireTime }],
});

export const openSimulationAdmin = (table: Table, deployment: Deployment): SimulationAdmin =>
  new SimulationAdmin({
    simulations: new SimulationStore(table, deployment.auditRetentionDays),
    usageKeys: new UsageKeys(deployment),
    peppers: () => readCurrentOf(deployment.keyPepperSecretArn),
    now: () => new Date(),
  });
