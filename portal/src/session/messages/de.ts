import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  askOperatorServiceMakeScim:
    'Bitten Sie den Betreiber des Dienstes, SCIM für diese Domain verfügbar zu machen.',
  signIn: 'Anmelden',
  signPageCannotReached: 'Die Anmeldeseite ist nicht erreichbar',
  checkConnectionTryAgain: 'Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
  noReasonWasGiven: 'Es wurde kein Grund angegeben.',
  signingIn: 'Anmeldung läuft',
  oneMoment: 'Einen Moment …',
  youAreNotSignedIn: 'Sie sind nicht angemeldet',
  theSignInFailed: 'Die Anmeldung ist fehlgeschlagen',
  tryAgainFailsAgainAsk:
    'Versuchen Sie es noch einmal. Wenn es wieder fehlschlägt, fragen Sie die Person, von der Sie den Zugang haben, ob Ihr Konto dieses Portal verwenden darf.',
  signInAgain: 'Noch einmal anmelden',
  seeLicenseConnectIdentityProvider:
    'Sehen Sie, wer eine Lizenz hat, verbinden Sie Ihren Identity Provider, und lesen Sie das Änderungsprotokoll.',
  yourSessionHasEnded: 'Ihre Sitzung ist beendet',
  signAgainReturnPage: 'Melden Sie sich noch einmal an, um auf diese Seite zurückzukehren.',
  productLicenses: 'Lizenzen für {{productName}}',
};
