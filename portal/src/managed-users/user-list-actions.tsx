import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../components/controls/button';
import { useAccess } from '../session/access';
import { t } from './messages';
import { UserFormDialog } from './user-form-dialog';

/** The actions on the list of users. The table has its own export. */
export function UserListActions() {
  const { domain, mayChange } = useAccess();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
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
      {isCreating && <UserFormDialog onClose={() => setCreating(false)} />}
    </>
  );
}
