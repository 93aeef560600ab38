import { MappedAdministratorStore } from '../../../store/administrators/mapped-administrator-store';
import type { Table } from '../../../store/table/table';
import { MAX_MAPPED_ADMINISTRATORS } from '../../administrators/mapped-administrators';
import { draftFinding, type FindingDraft } from '../finding';

/**
 * Reports a domain in which mappings make as many administrators as they may. Without such mappings, it costs
 * one read.
 */
export async function checkMappedAdministrators(table: Table, domainId: string): Promise<FindingDraft[]> {
  const { length } = await new MappedAdministratorStore(table, 0).list(domainId);
  if (length < MAX_MAPPED_ADMINISTRATORS) return [];
  return [draftFinding('administrators-limit-reached', 'warning', { administrators: length })];
}
