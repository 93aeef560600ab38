import { useExportAuditEvents } from '../api/audit';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import type { AuditFilter } from '../format/audit-filter';
import { useAccess } from '../session/access';

/** Has the browser save a file. */
export function downloadFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the file only after this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Saves all events that match, not only those that are listed. */
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
