import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  exportCsv: 'Als CSV exportieren',
  cancelExport: 'Export abbrechen',
  rowsLoaded_one: '{{count}} Zeile geladen …',
  rowsLoaded_other: '{{count}} Zeilen geladen …',
  exported_one: '{{count}} Zeile wurde exportiert.',
  exported_other: '{{count}} Zeilen wurden exportiert.',
};
