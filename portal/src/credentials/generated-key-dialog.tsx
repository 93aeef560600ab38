import type { GeneratedScimKey } from '../api/schema';
import type { ConnectionValue } from '../format/connection-values';
import { ShownOnceDialog } from './shown-once-dialog';

interface GeneratedKeyDialogProps {
  readonly generated: GeneratedScimKey;
  /** The URL to show next to the key, because the user pastes both into the same form. */
  readonly url: ConnectionValue;
  readonly onClose: () => void;
}

/** Shows a SCIM key once. */
export const GeneratedKeyDialog = ({ generated: { key, token }, url, onClose }: GeneratedKeyDialogProps) => (
  <ShownOnceDialog
    secret={{ label: `SCIM key “${key.name}”`, value: token }}
    noun="SCIM key"
    description="Paste the complete key into your identity provider as the bearer token or secret token."
    values={[url]}
    onClose={onClose}
  />
);
