import { useAuditExportPages } from '../api/audit';
import { downloadFile } from '../browser/download-file';
import { DownloadAllButton } from '../export/download-all-button';
import type { AuditFilter } from '../format/filters/audit-filter';
import { useAccess } from '../session/access';
import { t } from './messages';

/** Exports all matching events, including those that the list does not show yet, as JSON Lines. */
export function ExportAuditButton({ filter }: { readonly filter: AuditFilter }) {
  const { domain } = useAccess();
  const load = useAuditExportPages(domain.domainId, filter);
  const name = `audit-${domain.name.replace(/\W+/g, '-')}.jsonl`;
  return (
    <DownloadAllButton load={load} save={(lines) => downloadFile(toFile(lines), name)}>
      {t('export')}
    </DownloadAllButton>
  );
}

const toFile = (lines: readonly string[]): Blob =>
  new Blob(
    lines.map((line) => `${line}\n`),
    { type: 'application/jsonl' },
  );
