import { useExportAuditEvents } from '../api/audit';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { saveFile } from '../components/save-file';
import type { AuditFilter } from '../format/audit-filter';
import { useAccess } from '../session/access';

/** Saves all events that match, not only those that are listed. */
export function ExportAudit({ filter }: { readonly filter: AuditFilter }) {
  const { domain } = useAccess();
  const exporting = useExportAuditEvents(domain.domainId);
  const name = `audit-${domain.name.replace(/\W+/g, '-')}.jsonl`;
  return (
    <>
      <Button
        icon="download"
        isPending={exporting.isPending}
        onPress={() => exporting.mutate(filter, { onSuccess: (file) => saveFile(file, name) })}
      >
        Export
      </Button>
      {exporting.error && <ProblemNotice error={exporting.error} />}
    </>
  );
}
