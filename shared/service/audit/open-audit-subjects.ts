import { AdministratorStore } from '../../store/administrators/administrator-store';
import { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { AddressIndex } from '../../store/resources/address-index';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { AuditSubjects } from './audit-subjects';

/** Opens the lookup of the audit log of a domain, or of the deployment. It only reads. */
export function openAuditSubjects(
  table: Table,
  scope: string,
  auditRetentionDays: number,
  now: () => Date,
): AuditSubjects {
  return new AuditSubjects({
    scope,
    users: new AddressIndex(table, scope, now),
    groups: new ResourceStore(table, scope, 'GROUP'),
    administrators: new AdministratorStore(table, auditRetentionDays),
    mapped: new MappedAdministratorStore(table, auditRetentionDays),
  });
}
