import { useExportAuditEvents } from '../api/audit';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import type { AuditFilter } from '../format/audit-filter';
import { useAccess } from '../session/access';

/** Saves a file in the browser. */
function downloadFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the file only after this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Exports all matching events, including those that the list does not show yet. */
export function ExportAuditButton({ filter }: { readonly filter: AuditFilter }) {
  const { domain } = useAccess();
  const exporting = useExportAuditEvents(domain.domainId);
  const name = `audit-${domain.name.replace(/\W+/g, '-')}.jsonl`;
  return (
    <>
      <Button
        icon="download"
        isPending={exporting.isPending}
        onPress={() => exporting.mutate(filter, { onSuccess: (file) => downloadFile(file, name) })}
      >
        Export
      </Button>
      {exporting.error && <ProblemNotice error={exporting.error} />}
    </>
  );
}
