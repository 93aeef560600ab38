import type { DiagnosticsPage, DuplicateNameNotice } from '../../../store/diagnostics/diagnostic';
import { draftFinding, MAX_DETAILS, type FindingDraft } from '../finding';

/** Reports users and groups whose name another one has, too. */
export function nameFindings({ entries, more }: DiagnosticsPage<DuplicateNameNotice>): FindingDraft[] {
  if (entries.length === 0) return [];
  return [
    draftFinding(
      'names-duplicate',
      'warning',
      { names: { number: entries.length, atLeast: more } },
      entries
        .slice(0, MAX_DETAILS)
        .map(({ resourceType, resourceId, name, otherId }) => ({ resourceType, resourceId, name, otherId })),
    ),
  ];
}
