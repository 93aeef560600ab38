import type { ConnectionAdmin } from '../../../shared/service/connections/connection-admin';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { connectionAdmin, domainAdmin, OPERATOR, scimKeyAdmin } from '../system/system';

/** A trust as Entra ID needs it, with both shapes of the audience. */
export const ENTRA_TRUST = {
  issuer: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  subject: '99999999-8888-7777-6666-555555555555',
  audiences: ['api://AzureADTokenExchange', 'fb60f99c-7a34-4190-8149-302f77469936'],
  tenant: '11111111-2222-3333-4444-555555555555',
  jwksUrl: 'https://login.microsoftonline.com/common/discovery/v2.0/keys',
};

/** The services that administer connections, and their table. */
export interface ConnectionServices {
  readonly domains: DomainAdmin;
  readonly keys: ScimKeyAdmin;
  readonly admin: ConnectionAdmin;
  readonly table: Table;
}

export async function openConnectionServices(): Promise<ConnectionServices> {
  const [domains, keys, admin, table] = await Promise.all([
    domainAdmin(),
    scimKeyAdmin(),
    connectionAdmin(),
    systemTable(),
  ]);
  return { domains, keys, admin, table };
}

/** Returns the events of a domain after its creation, oldest first. */
async function eventsAfterCreation(table: Table, domainId: string): Promise<AuditEvent[]> {
  const { events } = await new AuditLog(table, domainId).page({}, 100, new Date());
  return events.filter(({ action }) => !action.startsWith('domain.')).reverse();
}

export const inYears = (years: number): string =>
  new Date(Date.now() + years * 365.25 * 86_400_000).toISOString();

/** Returns the actions of an operator on the connections of the domain that `current` names. */
export const connectionActions = (current: () => ConnectionServices & { readonly domainId: string }) => ({
  create: async (name = 'Entra ID') => {
    const { admin, domainId } = current();
    const input = { name, identityProvider: 'entra-id' } as const;
    return (await admin.createConnection(domainId, input, OPERATOR)).connectionId;
  },
  addSecret: (connectionId: string, input = {}) => {
    const { admin, domainId } = current();
    return admin.createSecret(domainId, connectionId, input, OPERATOR);
  },
  addTrust: (connectionId: string, more: object = {}) => {
    const { admin, domainId } = current();
    return admin.createTrust(domainId, connectionId, { ...ENTRA_TRUST, ...more }, OPERATOR);
  },
  get: (connectionId: string) => current().admin.getConnection(current().domainId, connectionId),
  events: () => eventsAfterCreation(current().table, current().domainId),
});
