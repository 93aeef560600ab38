import { MappedAdministratorStore } from '../../../store/administrators/mapped-administrator-store';
import type { Table } from '../../../store/table/table';
import { MAX_MAPPED_ADMINISTRATORS } from '../../administrators/mapped-administrators';
import type { FindingDraft } from '../finding';

/** Reports a domain in which mappings make as many administrators as they may. Without such mappings, it costs one read. */
export async function checkMappedAdministrators(table: Table, domainId: string): Promise<FindingDraft[]> {
  const { length } = await new MappedAdministratorStore(table, 0).list(domainId);
  if (length < MAX_MAPPED_ADMINISTRATORS) return [];
  return [
    {
      code: 'administrators-limit-reached',
      severity: 'warning',
      found:
        `Mappings make ${length} users administrators, which is the limit. Further users whom the mappings match have no ` +
        'role in the portal.',
      action:
        'License administrator: map a smaller group or another role to administrators, and save the mappings. Then all users ' +
        'are evaluated again.',
    },
  ];
}
