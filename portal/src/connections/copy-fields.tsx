import { type ConnectionValue, nounOfLabel } from '../format/connection-values';
import { CopyField } from '../components/controls/copy-field';

/** Read-only values, each with a copy button. */
export function CopyFields({ values }: { readonly values: readonly ConnectionValue[] }) {
  return values.map(({ label, value }) => (
    <CopyField key={label} label={label} noun={nounOfLabel(label)} value={value} />
  ));
}
