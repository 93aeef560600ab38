import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useLeaveGuard } from '../credentials/use-leave-guard';

/** Keeps the page while it is rendered: asks before the owner leaves it with unsaved changes. */
export function LeaveDialog() {
  const { isLeaving, leave, stay } = useLeaveGuard(true);
  if (!isLeaving) return null;
  return (
    <ConfirmDialog
      title="Discard your changes?"
      confirmLabel="Discard changes"
      isPending={false}
      error={null}
      onConfirm={leave}
      onClose={stay}
    >
      <p>Your changes of the mappings are not saved. If you leave this page, they are lost.</p>
    </ConfirmDialog>
  );
}
