import type { UserImportResult } from '../api/schema';
import { columnLabel } from './column-label';
import { t } from './messages';

/** Returns what a row does or has done. */
export function outcomeText(outcome: UserImportResult['outcome'], isDone: boolean): string {
  if (outcome === 'error') return t('refused');
  if (outcome === 'unchanged') return t('unchanged');
  if (isDone) return outcome === 'create' ? t('created') : t('changed');
  return outcome === 'create' ? t('willBeCreated') : t('willBeChanged');
}

/** Returns the effect of a row on the license; an empty text if there is none. */
export function licenseText(license: UserImportResult['license'], isDone: boolean): string {
  if (license === undefined) return '';
  if (license === 'waits') return t('licenseWaits');
  if (isDone) return license === 'starts' ? t('licenseStarted') : t('licenseEnded');
  return license === 'starts' ? t('licenseStarts') : t('licenseEnds');
}

/** Returns why a row is refused, or the columns that it changes. */
export const detailsText = ({ detail, fields = [], active }: UserImportResult): string =>
  detail ?? fields.map((name) => changeText(name, active)).join(', ');

/** Returns a changed column. Only the value of `active` says what happens to the user. */
const changeText = (name: string, active?: boolean): string =>
  name === 'active' && active !== undefined
    ? t('activeValue', { value: active ? t('yes') : t('no') })
    : columnLabel(name);
