import { useState } from 'react';
import { Link } from 'react-router';
import { useExportUsers } from '../api/managed-users';
import { downloadFile } from '../browser/download-file';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAccess } from '../session/access';
import { t } from './messages';
import { UserFormDialog } from './user-form-dialog';

/** The type of CSV files. The mark at the beginning lets Excel read them as UTF-8. */
export const csvFile = (text: string): Blob => new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' });

/** The actions on the list of users. */
export function UserListActions() {
  const { domain, mayChange } = useAccess();
  const download = useExportUsers(domain.domainId);
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Button
        icon="download"
        isPending={download.isPending}
        onPress={() =>
          download.mutate(undefined, { onSuccess: (text) => downloadFile(csvFile(text), 'users.csv') })
        }
      >
        {t('exportAllUsers')}
      </Button>
      {mayChange && (
        <Link className="button button-secondary" to={`/domains/${domain.domainId}/users/import`}>
          {t('importUsers')}
        </Link>
      )}
      {mayChange && (
        <Button icon="plus" variant="primary" onPress={() => setCreating(true)}>
          {t('createUser')}
        </Button>
      )}
      {download.error && <ProblemNotice error={download.error} />}
      {isCreating && <UserFormDialog onClose={() => setCreating(false)} />}
    </>
  );
}
