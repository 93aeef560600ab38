import { useState } from 'react';
import { useAdministrators } from '../api/administrators';
import { useMe } from '../api/domains';
import type { Administrator } from '../api/schema';
import { Button } from '../components/controls/button';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
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
import { t } from './messages';

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
  const isOperators = domainId === undefined;
  const invite = (
    <Button variant="primary" icon="plus" onPress={() => setDialog({ kind: 'invite' })}>
      {isOperators ? t('inviteOperator') : t('inviteAdministrator')}
    </Button>
  );
  const columns = columnsFor(me.data?.id);
  return (
    <Card
      title={isOperators ? t('operators') : t('administrators')}
      action={mayChange && rows.length > 0 && invite}
    >
      {administrators.error && (
        <ProblemNotice error={administrators.error} onRetry={() => void administrators.refetch()} />
      )}
      {administrators.isPending && <Skeleton lines={3} />}
      {administrators.data && rows.length === 0 && (
        <EmptyState
          icon="people"
          title={isOperators ? t('noOperatorsYet') : t('noAdministratorsYet')}
          action={mayChange && invite}
        >
          {!mayChange
            ? t('askOperatorServiceInviteOwner')
            : isOperators
              ? t('inviteFirstOperator')
              : t('inviteFirstAdministrator')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={isOperators ? t('operators') : t('administratorsOfThisDomain')}
          exportAs={{ name: isOperators ? t('operators') : t('administrators') }}
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
    title: t('name'),
    text: (administrator) => personName(administrator),
    cell: (administrator) => (
      <>
        {personName(administrator)}
        {administrator.administratorId === ownId && <span className="subtle"> {t('you')}</span>}
      </>
    ),
  },
  {
    title: t('email'),
    text: ({ email }) => email,
    cell: ({ email }) => (email === undefined ? t('unknown') : <Address text={visible(email)} />),
  },
  { title: t('role'), cell: ({ role }) => ROLE_TITLES[role] },
  {
    title: t('since'),
    cell: ({ grantedAt }) => <Day at={grantedAt} />,
    text: ({ grantedAt }) => grantedAt,
    isDesktopOnly: true,
  },
];

const actionsColumn = (
  hasRoles: boolean,
  onAction: (kind: 'role' | 'remove', of: Administrator) => void,
): Column<Administrator> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: (administrator) => (
    <div className="button-row">
      {hasRoles && (
        <Button
          variant="quiet"
          aria-label={t('changeRoleOf', { name: personName(administrator) })}
          onPress={() => onAction('role', administrator)}
        >
          {t('changeRole')}
        </Button>
      )}
      <Button
        variant="quiet"
        aria-label={t('removePerson', { name: personName(administrator) })}
        onPress={() => onAction('remove', administrator)}
      >
        {t('remove')}
      </Button>
    </div>
  ),
});
