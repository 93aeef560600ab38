import type { GeneratedScimKey } from '../api/schema';
import type { ConnectionValue } from '../format/connection-values';
import { ShownOnceDialog } from './shown-once-dialog';
import { t } from './messages';

interface GeneratedKeyDialogProps {
  readonly generated: GeneratedScimKey;
  /** The URL to show next to the key, because the user pastes both into the same form. */
  readonly url: ConnectionValue;
  readonly onClose: () => void;
}

/** Shows a SCIM key once. */
export const GeneratedKeyDialog = ({ generated: { key, token }, url, onClose }: GeneratedKeyDialogProps) => (
  <ShownOnceDialog
    secret={{ label: t('scimKeyName', { name: key.name }), value: token }}
    kind="scimKey"
    description={t('pasteCompleteKeyIntoIdentity')}
    values={[url]}
    onClose={onClose}
  />
);
