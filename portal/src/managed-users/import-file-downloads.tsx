import { useUserExportPages } from '../api/managed-users';
import { usersCsv } from '../api/user-file/users-csv';
import { downloadFile } from '../browser/download-file';
import { Button } from '../components/controls/button';
import { DownloadAllButton } from '../export/download-all-button';
import { useAccess } from '../session/access';
import { t } from './messages';

interface ImportFileDownloadsProps {
  /** The names of the columns, or undefined while they load. */
  readonly columns: readonly string[] | undefined;
}

/** Downloads of files that can be imported: one without users, and one with all users. */
export function ImportFileDownloads({ columns }: ImportFileDownloadsProps) {
  const { domain, mayChange } = useAccess();
  const load = useUserExportPages(domain.domainId);
  return (
    <>
      {mayChange && (
        <Button
          icon="download"
          isDisabled={!columns}
          onPress={() => columns && downloadFile(csvFile(usersCsv(columns, [])), 'users-template.csv')}
        >
          {t('downloadTemplate')}
        </Button>
      )}
      <DownloadAllButton
        isDisabled={!columns}
        load={load}
        save={(rows) => columns && downloadFile(csvFile(usersCsv(columns, rows)), 'users.csv')}
      >
        {t('downloadAllUsers')}
      </DownloadAllButton>
    </>
  );
}

/** Returns a CSV file. The mark at the beginning lets Excel read it as UTF-8. */
const csvFile = (text: string): Blob => new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' });
