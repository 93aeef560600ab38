import type { Actor } from '../../store/audit/audit';
import type { RolesConfirmation } from '../../store/credentials/connection';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import { retryDomainChange } from '../domains/retry-domain-change';
import { loadActiveConnection, loadConnection } from './add-credential';
import { connectionEvent } from './connection-audit';
import { connectionView, type Connection } from './connection-view';

export interface RolesConfirmationDependencies {
  readonly store: ConnectionStore;
  /** Ends the administrators that depend on a connection. */
  readonly endAdministrators: (domainId: string, connectionId: string, actor: Actor) => Promise<void>;
  /** Evaluates the mappings of all users again, because a confirmation may make administrators of some. */
  readonly evaluateAgain: (domainId: string) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Confirms that mappings may make portal administrators of users whom the client of a connection provisions.
 * Without it, a client with any SCIM key could make anybody an owner of the domain. Throws `AdminError`.
 */
export class RolesConfirmationAdmin {
  constructor(private readonly parts: RolesConfirmationDependencies) {}

  /** The first confirmation is kept. */
  async confirm(domainId: string, connectionId: string, actor: Actor): Promise<Connection> {
    const { store, now } = this.parts;
    const connection = await retryDomainChange(now, async () => {
      const { record, credentials } = await loadActiveConnection(store, domainId, connectionId);
      if (record.administratorsFromRoles) return { record, credentials };
      const at = now();
      const administratorsFromRoles = confirmationBy(actor, at);
      const resource = { id: connectionId, name: record.name };
      const audit = connectionEvent('connection.updated', resource, actor, at, [
        { attribute: 'administratorsFromRoles', after: true },
      ]);
      await store.change(domainId, record, { administratorsFromRoles }, audit);
      return { record: { ...record, administratorsFromRoles }, credentials };
    });
    await this.parts.evaluateAgain(domainId);
    return connectionView(domainId, connection);
  }

  /**
   * Withdraws a confirmation, and ends the administrators. A call may be repeated, and must be repeated if it
   * fails.
   */
  async withdraw(domainId: string, connectionId: string, actor: Actor): Promise<void> {
    const { store, now } = this.parts;
    await retryDomainChange(now, async () => {
      const { record } = await loadConnection(store, domainId, connectionId);
      if (!record.administratorsFromRoles || record.revokedAt !== undefined) return;
      const resource = { id: connectionId, name: record.name };
      const audit = connectionEvent('connection.updated', resource, actor, now(), [
        { attribute: 'administratorsFromRoles', before: true },
      ]);
      await store.change(domainId, record, { administratorsFromRoles: null }, audit);
    });
    await this.parts.endAdministrators(domainId, connectionId, actor);
  }
}

const confirmationBy = (actor: Actor, at: Date): RolesConfirmation => ({
  confirmedAt: at.toISOString(),
  confirmedBy: actor.kind === 'admin' ? actor.id : '',
  ...(actor.kind === 'admin' && actor.name !== undefined && { confirmedByName: actor.name }),
});
