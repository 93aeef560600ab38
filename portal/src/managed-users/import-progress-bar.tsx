import { Label, ProgressBar } from 'react-aria-components';
import type { ImportProgress } from '../api/user-file/import-rows';
import { t } from './messages';

interface ImportProgressBarProps {
  readonly label: string;
  /** @default nothing is done yet */
  readonly progress?: ImportProgress;
}

/**
 * Shows how many rows are done. The element `progress` needs no inline style, which the page does not allow.
 */
export function ImportProgressBar({ label, progress }: ImportProgressBarProps) {
  const { done = 0, total = 1 } = progress ?? {};
  return (
    <ProgressBar className="import-progress" value={done} maxValue={total}>
      <Label>{label}</Label>
      <progress value={done} max={total} aria-hidden="true" />
      <p className="subtle">{t('doneOfTotal', { done, count: progress?.total ?? 0 })}</p>
    </ProgressBar>
  );
}
