import type { Credential } from '../api/schema';
import { Dialog } from '../components/controls/dialog';
import { DescriptionList } from '../components/display/description-list';
import { CREDENTIAL_TYPES } from '../format/connection';
import { longTime } from '../format/time';
import { visible } from '../format/visible';
import { t } from './messages';

interface TrustDialogProps {
  readonly credential: Credential;
  readonly onClose: () => void;
}

/** Shows what a workload identity trust requires of an assertion. */
export function TrustDialog({
  credential: { name, trust, credentialId, createdAt },
  onClose,
}: TrustDialogProps) {
  if (!trust) return null;
  const code = (text: string) => <code key={text}>{visible(text)}</code>;
  return (
    <Dialog title={CREDENTIAL_TYPES.trust} onClose={onClose} place="side">
      <div className="dialog-body">
        <DescriptionList
          items={[
            [t('name'), visible(name)],
            [t('issuer'), code(trust.issuer)],
            [t('jwksUrl'), code(trust.jwksUrl)],
            [t('subject'), code(trust.subject)],
            [t('audiences'), <Lines key="audiences" lines={trust.audiences} />],
            [t('tenant'), trust.tenant ? code(trust.tenant) : t('notChecked')],
            [t('created'), longTime(createdAt)],
            [t('credentialId'), code(credentialId)],
          ]}
        />
      </div>
    </Dialog>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <code>{visible(line)}</code>
        </li>
      ))}
    </ul>
  );
}
