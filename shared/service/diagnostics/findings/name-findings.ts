import type { DiagnosticsPage, DuplicateNameNotice } from '../../../store/diagnostics/diagnostic';
import { MAX_DETAILS, type FindingDraft } from '../finding';
import { pluralize } from '../wording';

/** Reports users and groups whose name another one has, too. */
export function nameFindings({ entries, more }: DiagnosticsPage<DuplicateNameNotice>): FindingDraft[] {
  if (entries.length === 0) return [];
  return [
    {
      code: 'names-duplicate',
      severity: 'warning',
      found:
        `${more ? 'At least ' : ''}${pluralize(entries.length, 'user or group', 'users or groups')} ` +
        `${entries.length === 1 ? 'has' : 'have'} the same name as another one in a different spelling. ` +
        'An earlier version of the service accepted these names.',
      action:
        'Administrator of the identity provider: rename or remove one of each pair. ' +
        'Then an operator runs `scim verify <domainId> --repair` to check again.',
      details: entries
        .slice(0, MAX_DETAILS)
        .map(({ resourceType, resourceId, name, otherId }) => ({ resourceType, resourceId, name, otherId })),
    },
  ];
}
