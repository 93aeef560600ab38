import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  keyboardShortcuts: 'Tastenkürzel',
  showThisDialog: 'Die Tastenkürzel anzeigen',
  focusTheSearch: 'Zum Suchfeld gehen',
  openUsers: 'Die Benutzer öffnen',
  openGroups: 'Die Gruppen öffnen',
  openRequests: 'Die Anfragen öffnen',
  openAuditLog: 'Das Änderungsprotokoll öffnen',
  openSettings: 'Die Einstellungen öffnen',
  closeDialog: 'Einen Dialog schließen',
  rowsAreLinks:
    'Die Zeilen einer Tabelle sind Links: Die Tabulatortaste erreicht sie, und die Eingabetaste öffnet sie.',
  useShortcuts: 'Tastenkürzel in diesem Browser verwenden',
};
