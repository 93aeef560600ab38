import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../components/controls/button';
import { useAccess } from '../session/access';
import { t } from './messages';
import { UserFormDialog } from './user-form-dialog';

/**
 * The actions on the list of users. Viewers export users on the page of imports. The table has its own
 * export.
 */
export function UserListActions() {
  const { domain, mayChange } = useAccess();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Link className="button button-secondary" to={`/domains/${domain.domainId}/users/import`}>
        {mayChange ? t('importUsers') : t('exportUsers')}
      </Link>
      {mayChange && (
        <Button icon="plus" variant="primary" onPress={() => setCreating(true)}>
          {t('createUser')}
        </Button>
      )}
      {isCreating && <UserFormDialog onClose={() => setCreating(false)} />}
    </>
  );
}
