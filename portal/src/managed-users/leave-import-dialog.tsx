import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useLeaveGuard } from '../credentials/use-leave-guard';
import { t } from './messages';

/**
 * Keeps the results of an import on the page while it is rendered. Asks before the owner leaves an import
 * that is running.
 */
export function LeaveImportDialog({ isRunning }: { readonly isRunning: boolean }) {
  const { isLeaving, leave, stay } = useLeaveGuard(isRunning);
  if (!isLeaving) return null;
  return (
    <ConfirmDialog
      title={t('leaveThisPage')}
      confirmLabel={t('leavePage')}
      isPending={false}
      error={null}
      onConfirm={leave}
      onClose={stay}
    >
      <p>{t('leavingStopsImport')}</p>
    </ConfirmDialog>
  );
}
