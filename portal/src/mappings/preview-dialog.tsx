import type { MappingResult, PreviewedUser } from '../api/schema';
import { type PreviewSum, useMappingPreview, useReplaceMappings } from '../api/mappings';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { Address } from '../components/display/address';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { ROLE_TITLES } from '../format/labels';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';
import { inputOf, type MappingDraft } from './mapping-draft';
import { t } from './messages';

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
          announce(t('mappingsSavedUsersEvaluated'));
          onSaved();
        },
      },
    );
  return (
    <Dialog title={t('preview')} place="side" isDismissable={!replace.isPending} onClose={onClose}>
      <div className="dialog-body">
        {!preview.sum && !preview.error && <Skeleton lines={4} />}
        {preview.error && <ProblemNotice error={preview.error} onRetry={preview.retry} />}
        {preview.sum && <PreviewedChanges sum={preview.sum} isComplete={preview.isComplete} />}
        {replace.error && <ProblemNotice error={replace.error} />}
      </div>
      <footer className="dialog-footer">
        <Button isDisabled={replace.isPending} onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button
          variant="primary"
          isPending={replace.isPending}
          isDisabled={!preview.sum || preview.error !== null}
          onPress={save}
        >
          {t('saveMappings')}
        </Button>
      </footer>
    </Dialog>
  );
}

function PreviewedChanges({ sum, isComplete }: { readonly sum: PreviewSum; readonly isComplete: boolean }) {
  const { examined, total, changed, users } = sum;
  return (
    <>
      <p role="status">
        {isComplete
          ? t('usersChange', { changed, examined })
          : t('usersChangeSoFar', { changed, examined, total: Math.max(total, examined) })}
      </p>
      {users.length > 0 && (
        <DataTable
          caption={t('changedUsers')}
          columns={COLUMNS}
          rows={users}
          keyOf={({ userId }) => userId}
        />
      )}
      {changed > users.length && (
        <p className="subtle">{t('moreUsers', { count: changed - users.length })}</p>
      )}
    </>
  );
}

const COLUMNS: readonly Column<PreviewedUser>[] = [
  {
    title: t('user'),
    cell: ({ userName }) => <Address text={visible(userName)} />,
    text: ({ userName }) => userName,
  },
  {
    title: t('now'),
    cell: ({ before }) => <Result result={before} />,
    text: ({ before }) => resultText(before),
  },
  {
    title: t('afterSaving'),
    cell: ({ after }) => <Result result={after} />,
    text: ({ after }) => resultText(after),
  },
];

/** Returns what mappings give a user, one line for each part. */
const resultLines = ({ userType, license, organizations, administrator }: MappingResult): string[] => [
  license ? userType : t('noLicense'),
  ...organizations.map(({ organization, role }) => `${organization}: ${role}`),
  ...(administrator ? [t('portalRole', { role: ROLE_TITLES[administrator.role] })] : []),
];

const resultText = (result: MappingResult): string => resultLines(result).join(', ');

function Result({ result }: { readonly result: MappingResult }) {
  return (
    <span className="two-lines">
      {resultLines(result).map((line) => (
        <span key={line}>{visible(line)}</span>
      ))}
    </span>
  );
}
