import { useExportAuditEvents } from '../api/audit';
import { Button } from '../components/controls/button';
import { downloadFile } from '../browser/download-file';
import { ProblemNotice } from '../components/display/problem-notice';
import type { AuditFilter } from '../format/filters/audit-filter';
import { useAccess } from '../session/access';
import { t } from './messages';

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
        {t('export')}
      </Button>
      {exporting.error && <ProblemNotice error={exporting.error} />}
    </>
  );
}
