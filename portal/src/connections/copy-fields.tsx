import type { ConnectionValue } from '../format/connection-values';
import { withinSentence } from '../format/within-sentence';
import { CopyField } from '../components/controls/copy-field';

/** Read-only values, each with a copy button. */
export function CopyFields({ values }: { readonly values: readonly ConnectionValue[] }) {
  return values.map(({ label, value }) => (
    <CopyField key={label} label={label} noun={withinSentence(label)} value={value} />
  ));
}
