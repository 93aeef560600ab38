import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  deactivateName: '{{name}} deaktivieren?',
  deactivate: 'Deaktivieren',
  nameWasDeactivated: '{{name}} wurde deaktiviert.',
  theLicenseEndsImmediately: 'Die Lizenz endet sofort.',
  noticeEmailedEmail: 'Eine Benachrichtigung wird an {{email}} gesendet.',
  noNoticeEmailedBecauseUser:
    'Es wird keine Benachrichtigung gesendet, weil der Benutzer keine E-Mail-Adresse hat.',
  identityProviderActivateUserAgain:
    'Ihr Identity Provider kann den Benutzer wieder aktivieren. Geschieht das bald, behält die Lizenz ihren Schlüssel. Um die Lizenz endgültig zu beenden, entfernen Sie den Benutzer in Ihrem Identity Provider aus der App.',
  user: 'Benutzer',
  deleted: 'Gelöscht',
  identityProviderDeletedUser: 'Ihr Identity Provider hat diesen Benutzer gelöscht',
  licenseEndedHistoryKept: 'Die Lizenz ist beendet. Ihr Verlauf bleibt erhalten.',
  license: 'Lizenz',
  viewInAuditLog: 'Im Änderungsprotokoll ansehen',
  type: 'Typ',
  emailAddress: 'E-Mail-Adresse',
  none: 'Keine',
  ended: 'Beendet',
  userId: 'Benutzer-ID',
  licenseHistory: 'Verlauf der Lizenz',
  last50EntriesNewestFirst: 'Die letzten 50 Einträge, die neuesten zuerst.',
  becauseOfMapping: 'Wegen einer Zuordnung: {{source}}',
  organizations: 'Organisationen',
  portalRole: 'Portal: {{role}}',
  replaceLicenseKeyName: 'Lizenzschlüssel von {{name}} ersetzen?',
  replaceKey: 'Schlüssel ersetzen',
  licenseKeyNameReplaced: 'Der Lizenzschlüssel von {{name}} wurde ersetzt.',
  currentKeyEndsImmediatelyNever:
    'Der bisherige Schlüssel endet sofort und wird nie wieder gültig. Die Lizenz bleibt aktiv.',
  newKeyEmailedEmailWithin: 'Der neue Schlüssel wird innerhalb einer Minute an {{email}} gesendet.',
  userNoEmailAddressNew:
    'Der Benutzer hat keine E-Mail-Adresse. Der neue Schlüssel wird gesendet, sobald Ihr Identity Provider eine hinzufügt.',
  licenseKeyEmailedEmailAgain:
    'Der Lizenzschlüssel wird innerhalb einer Minute noch einmal an {{email}} gesendet.',
  resendEmail: 'E-Mail erneut senden',
  email: 'E-Mail',
  noProblem: 'Kein Problem',
  lastChange: 'Letzte Änderung',
  allLicenses: 'Alle Lizenzen',
  filter: 'Filter',
  userType: 'Lizenztyp',
  allUserTypes: 'Alle Lizenztypen',
  organization: 'Organisation',
  allOrganizations: 'Alle Organisationen',
  users: 'Benutzer',
  userNoEmailAddress: 'Dieser Benutzer hat keine E-Mail-Adresse',
  licenseKeyWaitsAddAddress:
    'Der Lizenzschlüssel wartet. Fügen Sie in Ihrem Identity Provider eine Adresse hinzu. Dann wird der Schlüssel dorthin gesendet.',
  dataFromTheIdentityProvider: 'Daten vom Identity Provider',
  showTheScimResource: 'SCIM-Ressource anzeigen',
  scimResource: 'SCIM-Ressource',
  licenseKey: 'Lizenzschlüssel',
  worksAgainUserBecomesActive: 'Gilt wieder, wenn der Benutzer vor dem <day/> aktiv wird',
  endedUserGetsNewKey: 'Beendet; wird der Benutzer wieder aktiv, erhält er einen neuen Schlüssel',
  noLicense: 'Keine Lizenz',
  byAMapping: 'Durch eine Zuordnung',
  lastLicenseChange: 'Letzte Änderung der Lizenz',
  userIsActive: 'Benutzer ist aktiv',
  yes: 'Ja',
  no: 'Nein',
  created: 'Erstellt',
  groups: 'Gruppen',
  noGroupsPushGroupsIdentity:
    'Keine Gruppen. Übertragen Sie Gruppen aus Ihrem Identity Provider, um sie hier zu sehen.',
  allUsersIdentityProviderTheir:
    'Alle Benutzer aus Ihrem Identity Provider oder von Hand, und ihre Lizenzen.',
  searchUsers: 'Benutzer suchen',
  usernameOrEmailAddress: 'Benutzername oder E-Mail-Adresse',
  showMoreUsers: 'Weitere Benutzer anzeigen',
  noMatchesSoFar: 'Noch keine Treffer',
  noMatchingUsers: 'Keine passenden Benutzer',
  showMoreUsersToContinue: 'Zeigen Sie weitere Benutzer an, um fortzufahren.',
  changeFiltersSeeOtherUsers: 'Ändern Sie die Filter, um andere Benutzer zu sehen.',
  noUsersYet: 'Noch keine Benutzer',
  connectYourIdentityProvider: 'Identity Provider verbinden',
  usersAppearWhenIdentityProvider:
    'Benutzer erscheinen hier, sobald Ihr Identity Provider sie überträgt. Sie können sie auch von Hand anlegen oder importieren.',
  numberUsers_one: '{{count}} Benutzer',
  numberUsers_other: '{{count}} Benutzer',
  userName: 'Benutzername',
  seatBecomesFree:
    'Damit wird ein Platz frei.',
  seatGoesToNextUser:
    'Damit wird ein Platz frei. Der Benutzer, der am längsten darauf wartet, erhält ihn, und den Lizenzschlüssel per E-Mail.',
  noUsernameBeginsWith:
    'Kein Benutzername beginnt mit „{{search}}“',
  searchNames:
    'In Namen suchen',
  searchNamesReadsAllUsers:
    'Die Suche berücksichtigt den Anfang der Benutzernamen und vollständige E-Mail-Adressen. Sie können auch in allen Namen und Adressen suchen.',
  noNameContains:
    'Kein Name und keine Adresse enthält „{{search}}“',
  checkSpelling:
    'Prüfen Sie die Schreibweise, oder suchen Sie nach einem Teil des Namens.',
};
