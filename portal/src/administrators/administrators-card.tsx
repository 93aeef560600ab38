import { useState } from 'react';
import { useAdministrators } from '../api/administrators';
import { useMe } from '../api/domains';
import type { Administrator } from '../api/schema';
import { Button } from '../components/controls/button';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import { type Column, DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Day } from '../components/display/time';
import { ROLE_TITLES } from '../format/labels';
import { visible } from '../format/visible';
import { ChangeRoleDialog } from './change-role-dialog';
import { InviteDialog } from './invite-dialog';
import { personName } from './person-name';
import { RemoveAdministratorDialog } from './remove-administrator-dialog';

interface AdministratorsCardProps {
  /** Undefined for the operators of the deployment. */
  readonly domainId: string | undefined;
  readonly mayChange: boolean;
}

/** Lists the administrators of a domain, or the operators. */
export function AdministratorsCard({ domainId, mayChange }: AdministratorsCardProps) {
  const administrators = useAdministrators(domainId);
  const me = useMe();
  const [dialog, setDialog] = useState<{ kind: 'invite' } | { kind: 'role' | 'remove'; of: Administrator }>();
  const rows = administrators.data?.items ?? [];
  const close = () => setDialog(undefined);
  const noun = domainId === undefined ? 'operator' : 'administrator';
  const invite = (
    <Button variant="primary" icon="plus" onPress={() => setDialog({ kind: 'invite' })}>
      {`Invite ${noun}`}
    </Button>
  );
  const columns = columnsFor(me.data?.id);
  return (
    <Card
      title={domainId === undefined ? 'Operators' : 'Administrators'}
      action={mayChange && rows.length > 0 && invite}
    >
      {administrators.error && (
        <ProblemNotice error={administrators.error} onRetry={() => void administrators.refetch()} />
      )}
      {administrators.isPending && <Skeleton lines={3} />}
      {administrators.data && rows.length === 0 && (
        <EmptyState icon="people" title={`No ${noun}s yet`} action={mayChange && invite}>
          {mayChange
            ? `Invite the first ${noun}. The person gets an email, and signs in with this address.`
            : 'Ask an operator of the service to invite an owner.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={domainId === undefined ? 'Operators' : 'Administrators of this domain'}
          columns={
            mayChange
              ? [...columns, actionsColumn(domainId !== undefined, (kind, of) => setDialog({ kind, of }))]
              : columns
          }
          rows={rows}
          keyOf={({ administratorId }) => administratorId}
        />
      )}
      {dialog?.kind === 'invite' && <InviteDialog domainId={domainId} onClose={close} />}
      {dialog?.kind === 'role' && domainId !== undefined && (
        <ChangeRoleDialog domainId={domainId} administrator={dialog.of} onClose={close} />
      )}
      {dialog?.kind === 'remove' && (
        <RemoveAdministratorDialog
          domainId={domainId}
          administrator={dialog.of}
          isSelf={dialog.of.administratorId === me.data?.id}
          onClose={close}
        />
      )}
    </Card>
  );
}

const columnsFor = (ownId: string | undefined): readonly Column<Administrator>[] => [
  {
    title: 'Name',
    cell: (administrator) => (
      <>
        {personName(administrator)}
        {administrator.administratorId === ownId && <span className="subtle"> (you)</span>}
      </>
    ),
  },
  {
    title: 'Email',
    cell: ({ email }) => (email === undefined ? 'Unknown' : <Address text={visible(email)} />),
  },
  { title: 'Role', cell: ({ role }) => ROLE_TITLES[role] },
  { title: 'Since', cell: ({ grantedAt }) => <Day at={grantedAt} />, isDesktopOnly: true },
];

const actionsColumn = (
  hasRoles: boolean,
  onAction: (kind: 'role' | 'remove', of: Administrator) => void,
): Column<Administrator> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: (administrator) => (
    <div className="button-row">
      {hasRoles && (
        <Button
          variant="quiet"
          aria-label={`Change role of ${personName(administrator)}`}
          onPress={() => onAction('role', administrator)}
        >
          Change role
        </Button>
      )}
      <Button
        variant="quiet"
        aria-label={`Remove ${personName(administrator)}`}
        onPress={() => onAction('remove', administrator)}
      >
        Remove
      </Button>
    </div>
  ),
});
