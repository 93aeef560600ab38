import type { MappingResult, PreviewedUser } from '../api/schema';
import { type PreviewSum, useMappingPreview, useReplaceMappings } from '../api/mappings';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { type Column, DataTable } from '../components/display/data-table';
import { Address } from '../components/display/address';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';
import { formatNumber } from '../i18n/catalog';
import { inputOf, type MappingDraft } from './mapping-draft';

interface PreviewDialogProps {
  readonly draft: MappingDraft;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** Shows which users would change, and saves the draft. */
export function PreviewDialog({ draft, onSaved, onClose }: PreviewDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const input = inputOf(draft);
  const preview = useMappingPreview(domain.domainId, input);
  const replace = useReplaceMappings(domain.domainId);
  const save = () =>
    replace.mutate(
      { ...input, version: draft.version },
      {
        onSuccess: () => {
          announce('The mappings are saved. Users are being evaluated.');
          onSaved();
        },
      },
    );
  return (
    <Dialog title="Preview" place="side" isDismissable={!replace.isPending} onClose={onClose}>
      <div className="dialog-body">
        {!preview.sum && !preview.error && <Skeleton lines={4} />}
        {preview.error && <ProblemNotice error={preview.error} onRetry={preview.retry} />}
        {preview.sum && <PreviewedChanges sum={preview.sum} isComplete={preview.isComplete} />}
        {replace.error && <ProblemNotice error={replace.error} />}
      </div>
      <footer className="dialog-footer">
        <Button isDisabled={replace.isPending} onPress={onClose}>
          Cancel
        </Button>
        <Button
          variant="primary"
          isPending={replace.isPending}
          isDisabled={!preview.sum || preview.error !== null}
          onPress={save}
        >
          Save mappings
        </Button>
      </footer>
    </Dialog>
  );
}

function PreviewedChanges({ sum, isComplete }: { readonly sum: PreviewSum; readonly isComplete: boolean }) {
  const { examined, total, changed, users } = sum;
  const nouns = changed === 1 ? 'user changes' : 'users change';
  return (
    <>
      <p role="status">
        {isComplete
          ? `${formatNumber(changed)} of ${formatNumber(examined)} users change. Nothing is saved yet.`
          : `${formatNumber(changed)} ${nouns} so far. ${formatNumber(examined)} of ${formatNumber(Math.max(total, examined))} users are evaluated.`}
      </p>
      {users.length > 0 && (
        <DataTable caption="Changed users" columns={COLUMNS} rows={users} keyOf={({ userId }) => userId} />
      )}
      {changed > users.length && (
        <p className="subtle">And {formatNumber(changed - users.length)} more users.</p>
      )}
    </>
  );
}

const COLUMNS: readonly Column<PreviewedUser>[] = [
  { title: 'User', cell: ({ userName }) => <Address text={visible(userName)} /> },
  { title: 'Now', cell: ({ before }) => <Result result={before} /> },
  { title: 'After saving', cell: ({ after }) => <Result result={after} /> },
];

/** Shows what mappings give a user, one line for each part. */
function Result({ result }: { readonly result: MappingResult }) {
  const { userType, license, organizations, administrator } = result;
  return (
    <span className="two-lines">
      <span>{license ? visible(userType) : 'No license'}</span>
      {organizations.map(({ organization, role }) => (
        <span key={`${organization} ${role}`}>{visible(`${organization}: ${role}`)}</span>
      ))}
      {administrator && <span>Portal {administrator.role}</span>}
    </span>
  );
}
