import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  dismiss: 'Schließen',
  thisPageCannotBeShown: 'Diese Seite kann nicht angezeigt werden',
  bugPortalSavedChangesSafe:
    'Das ist ein Fehler im Portal. Ihre gespeicherten Änderungen sind sicher. Laden Sie die Seite neu. Wenn der Fehler bestehen bleibt, teilen Sie dem Betreiber des Dienstes mit, welche Seite es war.',
  reloadThePage: 'Seite neu laden',
  goToTheStartPage: 'Zur Startseite',
  pageNotFound: 'Seite nicht gefunden',
  addressWrongPageNoLonger: 'Vielleicht ist die Adresse falsch, oder die Seite existiert nicht mehr.',
  thePortalCannotStart: 'Das Portal kann nicht starten',
  portalCouldNotReadSettings:
    'Das Portal konnte seine Einstellungen nicht lesen, oder Ihr Browser erlaubt dieser Website nicht, Daten zu speichern. Prüfen Sie Ihre Verbindung und die Einstellungen Ihres Browsers, und laden Sie die Seite neu. Wenn der Fehler bestehen bleibt, teilen Sie dem Betreiber des Dienstes mit, dass <code>/config.json</code> nicht gelesen werden kann.',
  sameAsDevice: 'Wie das Gerät',
  light: 'Hell',
  dark: 'Dunkel',
  skipToContent: 'Zum Inhalt springen',
  productNameStartPage: '{{productName}}: Startseite',
  domainNameChooseAnotherDomain: '{{domainName}}: andere Domain auswählen',
  licenses: 'Lizenzen',
  signedIn: 'Angemeldet',
  accountUserName: 'Konto: {{userName}}',
  account: 'Konto',
  language: 'Sprache',
  theme: 'Design',
  signOut: 'Abmelden',
  keyboardShortcuts: 'Tastenkürzel',
};
