import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  generateScimKey: 'SCIM-Schlüssel erzeugen',
  generateClientSecret: 'Geheimen Clientschlüssel erzeugen',
  rotateClientSecret: 'Geheimen Clientschlüssel erneuern',
  addWorkloadIdentityTrust: 'Vertrauensanker für Workloadidentität hinzufügen',
  theAssertionPassesAllChecks: 'Die Assertion besteht alle Prüfungen',
  tokenUrlIdentityProviderGets: 'Unter der Token-URL erhält Ihr Identity Provider dafür ein Zugriffstoken.',
  theAssertionWouldBeRefused: 'Die Assertion würde abgelehnt',
  correctValuesTrustConfigurationIdentity:
    'Korrigieren Sie die Werte des Vertrauensankers oder die Konfiguration Ihres Identity Providers.',
  passed: 'Bestanden',
  failed: 'Fehlgeschlagen',
  notChecked: 'Nicht geprüft',
  testAnAssertion: 'Eine Assertion testen',
  showsChecksAssertionPassesTest:
    'Zeigt, welche Prüfungen eine Assertion besteht. Der Test gewährt nichts, und die Assertion kann weiterhin verwendet werden.',
  assertion: 'Assertion',
  jsonWebTokenIdentityProvider:
    'Das JSON Web Token, das Ihr Identity Provider als client_assertion sendet. Es wird nicht gespeichert.',
  testAssertion: 'Assertion testen',
  allConnections: 'Alle Verbindungen',
  connection: 'Verbindung',
  findings: 'Befunde',
  whatNeedsAttentionConnectionReadiness:
    'Was bei dieser Verbindung zu beachten ist. Die Seite <page>Betriebsbereitschaft</page> nennt auch die Befunde der Domain.',
  noFindings: 'Keine Befunde.',
  nameAndIdentityProvider: 'Name und Identity Provider',
  theConnectionWasSaved: 'Die Verbindung wurde gespeichert.',
  name: 'Name',
  identityProvider: 'Identity Provider',
  selectsGuideNamesValues: 'Bestimmt die Anleitung und die Namen der Werte.',
  scimProvisioning: 'SCIM-Bereitstellung',
  createdDay: 'erstellt am <day/>.',
  openTheGuide: 'Anleitung öffnen',
  openTheGuides: 'Anleitungen der Identity Provider',
  valuesForYourIdentityProvider: 'Werte für Ihren Identity Provider',
  enterUrlScimKeyIdentity: 'Tragen Sie die URL und einen SCIM-Schlüssel in Ihrem Identity Provider ein.',
  scimKeyEnterOnlyUrl:
    'Tragen Sie mit einem SCIM-Schlüssel nur die URL und den Schlüssel ein. Geheime Clientschlüssel und Assertions brauchen auch die anderen Werte.',
  metadataUrl: 'Metadaten-URL',
  activity: 'Aktivität',
  whatConnectionWhatChanged: 'Was diese Verbindung getan hat und was an ihr geändert wurde.',
  viewRequests: 'Anfragen ansehen',
  viewInAuditLog: 'Im Änderungsprotokoll ansehen',
  scimIsDisabled: 'SCIM ist ausgeschaltet',
  enableScimFirst:
    'Schalten Sie SCIM zuerst unter <page>SCIM-Bereitstellung</page> ein. Bis dahin wird jede Anfrage abgelehnt.',
  thisConnectionIsRevoked: 'Diese Verbindung ist widerrufen',
  allCredentialsRefusedCreateAnother:
    'Alle ihre Zugangsnachweise werden abgelehnt. Erstellen Sie eine neue Verbindung, um sich wieder zu verbinden.',
  connectionNoCredentialWorks: 'Diese Verbindung hat keinen gültigen Zugangsnachweis',
  addCredentialEnterIdentityProvider:
    'Fügen Sie einen Zugangsnachweis hinzu, und tragen Sie ihn in Ihrem Identity Provider ein.',
  noRequestsYet: 'Noch keine Anfragen',
  statusChangesWithinMinuteFirst:
    'Dieser Status ändert sich innerhalb einer Minute nach der ersten Anfrage dieser Verbindung.',
  yourIdentityProviderIsConnected: 'Ihr Identity Provider ist verbunden',
  lastRequestOfThisConnection: 'Letzte Anfrage dieser Verbindung: <time/>',
  addConnection: 'Verbindung hinzufügen',
  connections: 'Verbindungen',
  eachIdentityProviderOwnConnection:
    'Jeder Identity Provider hat eine eigene Verbindung mit eigenen Zugangsnachweisen, eigenem Status und eigenen Befunden.',
  noConnectionsYet: 'Noch keine Verbindungen',
  addConnectionIdentityProviderFollow:
    'Fügen Sie eine Verbindung für Ihren Identity Provider hinzu. Folgen Sie dann der Anleitung, in der die Werte dieser Domain schon eingetragen sind.',
  askOwnerDomainAddConnection: 'Bitten Sie einen Eigentümer dieser Domain, eine Verbindung hinzuzufügen.',
  connectionsNewestFirst: 'Verbindungen, die neuesten zuerst',
  showRevokedConnections: 'Widerrufene Verbindungen anzeigen ({{number}})',
  revokedConnections: 'Widerrufene Verbindungen',
  revokedConnectionsNewestFirst: 'Widerrufene Verbindungen, die neuesten zuerst',
  credentials: 'Zugangsnachweise',
  lastRequest: 'Letzte Anfrage',
  never: 'Nie',
  status: 'Status',
  createConnection: 'Verbindung erstellen',
  nameConnectionPortalAuditLog:
    'Der Name der Verbindung in diesem Portal und im Änderungsprotokoll, zum Beispiel „Okta“.',
  identityProviderAuthenticatesOneCredentials:
    'Ihr Identity Provider authentifiziert sich mit einem dieser Zugangsnachweise. Jeder kann einzeln widerrufen werden.',
  noCredentialsYet: 'Noch keine Zugangsnachweise',
  addOneBelow: 'Fügen Sie unten einen hinzu.',
  askOwnerDomainAddOne: 'Bitten Sie einen Eigentümer dieser Domain, einen hinzuzufügen.',
  revokeTheConnectionName: 'Verbindung „{{name}}“ widerrufen?',
  revokeConnection: 'Verbindung widerrufen',
  theConnectionNameWasRevoked: 'Die Verbindung „{{name}}“ wurde widerrufen.',
  allCredentialsAccessTokensRefused:
    'Alle ihre Zugangsnachweise und Zugriffstokens werden sofort abgelehnt. Sie können das nicht rückgängig machen.',
  usersKeepTheirLicensesOther:
    'Benutzer behalten ihre Lizenzen. Andere Verbindungen dieser Domain sind nicht betroffen.',
  endsAccessIdentityProviderRevokes:
    'Beendet den Zugriff dieses Identity Providers. Widerruft alle Zugangsnachweise der Verbindung.',
  administratorsFromRoles: 'Administratoren aus Rollen',
  mappingsMakePortalAdministratorsUsers:
    'Zuordnungen können Benutzer, die diese Verbindung bereitstellt, zu Administratoren des Portals machen. Zuerst muss ein Eigentümer das bestätigen.',
  withdraw: 'Zurückziehen',
  confirm: 'Bestätigen',
  confirmedOnBy: 'Bestätigt am <day/> von {{name}}.',
  notConfirmedMappingsMakeNobody:
    'Nicht bestätigt. Zuordnungen machen über diese Verbindung niemanden zum Administrator.',
  letNameMakeAdministrators: '„{{name}}“ Administratoren ernennen lassen?',
  connectionNameMakeAdministrators: 'Die Verbindung „{{name}}“ darf Administratoren ernennen.',
  whoeverAdministersIdentityProviderCredential:
    'Wer diesen Identity Provider verwaltet oder einen Zugangsnachweis dieser Verbindung hat, kann dann jede Person zum Eigentümer der Domain machen. Die Zuordnungen der Domain bestimmen, welche Gruppen und Rollen das bewirken.',
  administratorsGetInvitationTheyLose:
    'Diese Administratoren erhalten eine Einladung. Ihre Administratorrolle endet, sobald sie die zugeordnete Gruppe oder Rolle verlieren oder diese Bestätigung zurückgezogen wird.',
  withdrawTheConfirmationOfName: 'Bestätigung für „{{name}}“ zurückziehen?',
  connectionNameMakesNoAdministrators: 'Die Verbindung „{{name}}“ ernennt keine Administratoren mehr.',
  administratorsWhomMappingsMadeThrough:
    'Administratoren, die Zuordnungen über diese Verbindung ernannt haben, verlieren diese Rolle sofort.',
  administratorsWhomInvitedKeepTheir: 'Administratoren, die Sie eingeladen haben, behalten ihre Rollen.',
  enterNewSecretIdentityProvider:
    'Tragen Sie den neuen geheimen Clientschlüssel in Ihrem Identity Provider ein, und warten Sie auf eine Anfrage damit.',
  identityProviderStillHoldAccess:
    'Ihr Identity Provider hat vielleicht noch ein Zugriffstoken des alten geheimen Clientschlüssels. Widerrufen Sie den alten geheimen Clientschlüssel, wenn er sechs Stunden lang nicht verwendet wurde.',
  oldSecretNotUsedSix:
    'Der alte geheime Clientschlüssel wurde sechs Stunden lang nicht verwendet. Widerrufen Sie ihn, um den Wechsel abzuschließen.',
  newClientSecretUse: 'Der neue geheime Clientschlüssel wird verwendet',
  twoClientSecretsAreActive: 'Zwei geheime Clientschlüssel sind aktiv',
  revokeOldSecret: 'Alten geheimen Clientschlüssel widerrufen',
  lastRequestWithIt: 'Letzte Anfrage damit: <time/>.',
  lastRequestOldOne: 'Letzte Anfrage mit dem alten: <time/>.',
  issuer: 'Aussteller',
  jwksUrl: 'JWKS-URL',
  subject: 'Antragsteller',
  audiences: 'Zielgruppen',
  tenant: 'Mandant',
  created: 'Erstellt',
  credentialId: 'ID des Zugangsnachweises',
  howToReplaceCredential:
    'Um einen Zugangsnachweis ohne Unterbrechung zu ersetzen, fügen Sie zuerst einen weiteren hinzu und tragen ihn in Ihrem Identity Provider ein. Widerrufen Sie den alten, sobald „Zuletzt verwendet“ zeigt, dass der neue verwendet wird.',
};
