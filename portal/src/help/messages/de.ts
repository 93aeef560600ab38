import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  help: 'Hilfe',
  opensInANewTab: '(öffnet einen neuen Tab)',
  helpDescription:
    'Anleitungen und Referenzen zu den Benutzern und Lizenzen von {{productName}}. Die Hilfeseiten sind auf Englisch.',
  searchHelp: 'Hilfe durchsuchen',
  allHelpPages: 'Alle Hilfeseiten',
  skipToContent: 'Zum Inhalt springen',
  productNameHelp: '{{productName}}: Hilfe',
  signInToThePortal: 'Im Portal anmelden',
  onThisPage: 'Auf dieser Seite',
  noSuchPage: 'Diese Hilfeseite gibt es nicht',
  pageMayBeRenamed: 'Vielleicht hat die Seite einen neuen Namen',
  searchOrChoosePage: 'Suchen Sie danach, oder wählen Sie die Seite aus der Liste aller Seiten.',
  searchResults: 'Suchergebnisse',
  noResults:
    'Keine Hilfeseite enthält diese Wörter. Versuchen Sie es mit weniger oder anderen englischen Wörtern.',
  sections_one: '{{count}} Abschnitt',
  sections_other: '{{count}} Abschnitte',
};
