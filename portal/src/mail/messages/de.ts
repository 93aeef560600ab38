import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  emailsAreResumed: 'Der Versand von E-Mails wird fortgesetzt.',
  emails: 'E-Mails',
  paused: 'Angehalten',
  enabled: 'Eingeschaltet',
  emailsOverLimitWaitEach:
    'E-Mails über einem Limit warten. Jeder Benutzer erhält eine E-Mail mit dem aktuellen Stand der Lizenz.',
  onlyOperatorServiceChangeSettings: 'Nur der Betreiber des Dienstes kann diese Einstellungen ändern.',
  pauseEmails: 'E-Mails anhalten',
  emailsPerHour: 'E-Mails pro Stunde',
  default: 'Standard',
  minutesBetweenEmailsOneAddress: 'Minuten zwischen E-Mails an eine Adresse',
  pauseEmailsQuestion: 'E-Mails anhalten?',
  emailsArePaused: 'Die E-Mails sind angehalten.',
  usersDomainGetNoLicense:
    'Die Benutzer dieser Domain erhalten keine Lizenzschlüssel und keine Benachrichtigungen, und niemand wird an ablaufende Zugangsnachweise erinnert.',
  emailsWaitUntilResumeThem: 'Die E-Mails warten, bis Sie den Versand fortsetzen.',
  limitsEmailsSaved: 'Die E-Mail-Limits wurden gespeichert.',
  maximumNumberEmailsDomainLeave:
    'Die Höchstzahl der E-Mails dieser Domain. Leer lassen für den Standardwert.',
  zeroMeansNoLimit: '0 bedeutet kein Limit. Leer lassen für den Standardwert.',
  emailsNotReachUser: 'E-Mails erreichen diesen Benutzer nicht',
  userMarkedEmailSpam: 'Dieser Benutzer hat eine E-Mail als Spam markiert',
  emailCouldNotSent: 'Die E-Mail konnte nicht gesendet werden',
  keyEmailedAgain:
    '{{email}} kann wieder E-Mails empfangen. Der Lizenzschlüssel wird innerhalb einer Minute dorthin gesendet.',
  allowEmailsAndResend: 'Freigeben und erneut senden',
  serviceSendsNoEmailsAddress:
    'Der Dienst sendet keine E-Mails an diese Adresse. Korrigieren Sie die Adresse in Ihrem Identity Provider. Wenn sie richtig ist und das Postfach wieder funktioniert, geben Sie die Adresse frei.',
  correctAddressIdentityProviderResend:
    'Korrigieren Sie die Adresse in Ihrem Identity Provider. Wenn die Lizenz aktiv ist, wird die E-Mail dann an die neue Adresse gesendet.',
  serviceSendsNoEmailsEditUser:
    'Der Dienst sendet keine E-Mails an diese Adresse. Wählen Sie „Bearbeiten“, und korrigieren Sie die Adresse. Wenn die Adresse stimmt und ihr Postfach wieder funktioniert, erlauben Sie E-Mails an sie.',
  editUserToCorrectAddress:
    'Wählen Sie „Bearbeiten“, und korrigieren Sie die Adresse. Wenn die Lizenz aktiv ist, wird die E-Mail dann an die neue Adresse gesendet.',
  addressCanReceiveEmailsAgain: '{{address}} kann wieder E-Mails empfangen.',
  emailProblems: 'E-Mail-Probleme',
  serviceSendsNoEmailsAddresses:
    'Der Dienst sendet keine E-Mails an diese Adressen, weil eine E-Mail unzustellbar war oder als Spam markiert wurde. Geben Sie eine Adresse frei, wenn sie wieder E-Mails empfangen kann.',
  noEmailProblems: 'Keine E-Mail-Probleme',
  addressesAppearEmailBouncesMarked:
    'Adressen erscheinen hier, wenn eine E-Mail unzustellbar ist oder als Spam markiert wird.',
  suppressedAddresses: 'Gesperrte Adressen',
  showMoreAddresses: 'Weitere Adressen anzeigen',
  address: 'Adresse',
  reason: 'Grund',
  bounced: 'Unzustellbar',
  markedAsSpam: 'Als Spam markiert',
  since: 'Seit',
  actions: 'Aktionen',
  allowEmailsToAddress: '{{address}} freigeben',
  allowEmails: 'Freigeben',
  detail: 'Details',
};
