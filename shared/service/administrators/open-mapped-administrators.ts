import { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { ConnectionStore } from '../../store/credentials/connection-store';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { ConfirmedConnections } from './confirmed-connections';
import { MappedAdministrators } from './mapped-administrators';

/** Opens the application of administrators from mappings. */
export function openMappedAdministrators(
  table: Table,
  auditRetentionDays: number,
  now = () => new Date(),
): MappedAdministrators {
  return new MappedAdministrators({
    store: new MappedAdministratorStore(table, auditRetentionDays),
    connections: new ConfirmedConnections({
      connections: new ConnectionStore(table, auditRetentionDays),
      groups: (domainId) => new ResourceStore(table, domainId, 'GROUP'),
    }),
    now,
  });
}
