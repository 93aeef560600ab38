import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  workloadIdentityTrustAdded: 'Der Vertrauensanker für Workloadidentität wurde hinzugefügt.',
  addWorkloadIdentityTrust: 'Vertrauensanker für Workloadidentität hinzufügen',
  addTrust: 'Vertrauensanker hinzufügen',
  identityProviderSignsAssertionService:
    'Ihr Identity Provider signiert eine Assertion, und der Dienst prüft sie anhand dieser Werte. Es wird kein Geheimnis ausgetauscht.',
  credentials: 'Zugangsnachweise',
  credentialsNewestFirst: 'Zugangsnachweise, die neuesten zuerst',
  credential: 'Zugangsnachweis',
  type: 'Typ',
  created: 'Erstellt',
  lastUsed: 'Zuletzt verwendet',
  never: 'Nie',
  expires: 'Läuft ab',
  status: 'Status',
  actions: 'Aktionen',
  detailsOfName: 'Details von {{name}}',
  details: 'Details',
  revokeName: '{{name}} widerrufen',
  revoke: 'Widerrufen',
  generateScimKey: 'SCIM-Schlüssel erzeugen',
  generateKey: 'Schlüssel erzeugen',
  name: 'Name',
  nameKeyListsAuditLog: 'Der Name des Schlüssels in Listen und im Änderungsprotokoll.',
  lastDay: 'Letzter Tag',
  keyValidUntilEndDay: 'Der Schlüssel gilt bis zum Ende dieses Tages.',
  clientSecret: 'Geheimer Clientschlüssel',
  pasteCompleteSecretIntoIdentity:
    'Fügen Sie den vollständigen geheimen Clientschlüssel zusammen mit den obigen Werten in Ihrem Identity Provider ein.',
  generateClientSecret: 'Geheimen Clientschlüssel erzeugen',
  generateSecret: 'Erzeugen',
  nameSecretListsAuditLog: 'Der Name des geheimen Clientschlüssels in Listen und im Änderungsprotokoll.',
  clientSecretValidOneThree: 'Ein geheimer Clientschlüssel gilt ein bis drei Jahre.',
  scimKeyName: 'SCIM-Schlüssel „{{name}}“',
  pasteCompleteKeyIntoIdentity:
    'Fügen Sie den vollständigen Schlüssel in Ihrem Identity Provider als Bearertoken oder geheimes Token ein.',
  youCannotUndoThis: 'Sie können das nicht rückgängig machen.',
  requestsKeyRefusedImmediately: 'Anfragen mit diesem Schlüssel werden sofort abgelehnt.',
  secretAllAccessTokensIssued:
    'Der geheime Clientschlüssel und alle dafür ausgestellten Zugriffstokens werden sofort abgelehnt.',
  assertionsWorkloadIdentityAllAccess:
    'Assertions dieser Workloadidentität und alle dafür ausgestellten Zugriffstokens werden sofort abgelehnt.',
  onlyCredentialConnectionAddAnother:
    'Das ist der einzige Zugangsnachweis der Verbindung. Fügen Sie zuerst einen anderen hinzu, und tragen Sie ihn in Ihrem Identity Provider ein.',
  checkFirstIdentityProviderUses:
    'Prüfen Sie zuerst, ob Ihr Identity Provider einen anderen Zugangsnachweis dieser Verbindung verwendet.',
  noOtherCredentialConnectionUsed:
    'Noch wurde kein anderer Zugangsnachweis dieser Verbindung verwendet. Tragen Sie zuerst einen anderen in Ihrem Identity Provider ein.',
  keepOpen: 'Geöffnet lassen',
  closeWithoutCopying: 'Ohne Kopieren schließen',
  done: 'Fertig',
  nameTrustListsAuditLog: 'Der Name des Vertrauensankers in Listen und im Änderungsprotokoll.',
  issuer: 'Aussteller',
  entraIdCallsTokenIssuer: 'Entra ID nennt ihn „Token issuer“. Er ist der Wert iss der Assertion.',
  jwksUrl: 'JWKS-URL',
  addressIssuersPublicKeysEntra:
    'Die Adresse der öffentlichen Schlüssel des Ausstellers. Entra ID nennt sie „JWKS URI“.',
  subject: 'Antragsteller',
  subAssertionEntraIdObject:
    'Der Wert sub der Assertion. In Entra ID ist er die Objekt-ID der Workloadidentität.',
  audiences: 'Zielgruppen',
  onePerLineUpFive:
    'Eine pro Zeile, höchstens fünf. Entra ID sendet die Anwendungs-ID oder api:// gefolgt von der ID. Geben Sie jede genau so ein.',
  tenantOptional: 'Mandant (optional)',
  directoryTenantIdEntraId:
    'Die Verzeichnis-ID (Mandanten-ID) von Entra ID. Sie ist der Wert tid der Assertion.',
  'new.scimKey': 'Ihr neuer SCIM-Schlüssel',
  'new.clientSecret': 'Ihr neuer geheimer Clientschlüssel',
  'new.signingSecret': 'Ihr neuer Signaturschlüssel',
  'new.eventsToken': 'Ihr neues Ereignistoken',
  'noun.scimKey': 'SCIM-Schlüssel',
  'noun.clientSecret': 'Geheimer Clientschlüssel',
  'noun.signingSecret': 'Signaturschlüssel',
  'noun.eventsToken': 'Ereignistoken',
  'copyNow.scimKey': 'Kopieren Sie jetzt den Schlüssel',
  'copyNow.clientSecret': 'Kopieren Sie jetzt den geheimen Clientschlüssel',
  'copyNow.signingSecret': 'Kopieren Sie jetzt den Schlüssel',
  'copyNow.eventsToken': 'Kopieren Sie jetzt das Token',
  shownOnceRevoke:
    'Er wird nicht noch einmal angezeigt. Wenn Sie ihn verlieren, widerrufen Sie ihn, und erzeugen Sie einen neuen.',
  shownOnceReplace: 'Es wird nicht noch einmal angezeigt. Wenn Sie es verlieren, ersetzen Sie es.',
  'notCopied.scimKey': 'Sie haben den Schlüssel nicht kopiert',
  'notCopied.clientSecret': 'Sie haben den geheimen Clientschlüssel nicht kopiert',
  'notCopied.signingSecret': 'Sie haben den Schlüssel nicht kopiert',
  'notCopied.eventsToken': 'Sie haben das Token nicht kopiert',
  'lost.scimKey':
    'Wenn Sie den Dialog jetzt schließen, ist der Schlüssel verloren. Sie müssten ihn widerrufen und einen neuen erzeugen.',
  'lost.clientSecret':
    'Wenn Sie den Dialog jetzt schließen, ist der geheime Clientschlüssel verloren. Sie müssten ihn widerrufen und einen neuen erzeugen.',
  'lost.signingSecret':
    'Wenn Sie den Dialog jetzt schließen, ist der Schlüssel verloren. Sie müssten ihn widerrufen und einen neuen erzeugen.',
  'lost.eventsToken': 'Wenn Sie den Dialog jetzt schließen, ist das Token verloren. Sie müssten es ersetzen.',
  'revokeQuestion.scim-key': 'SCIM-Schlüssel „{{name}}“ widerrufen?',
  'revokeQuestion.client-secret': 'Geheimen Clientschlüssel „{{name}}“ widerrufen?',
  'revokeQuestion.trust': 'Vertrauensanker „{{name}}“ widerrufen?',
  'revoke.scim-key': 'Schlüssel widerrufen',
  'revoke.client-secret': 'Geheimen Clientschlüssel widerrufen',
  'revoke.trust': 'Vertrauensanker widerrufen',
  'revoked.scim-key': 'Der SCIM-Schlüssel „{{name}}“ wurde widerrufen.',
  'revoked.client-secret': 'Der geheime Clientschlüssel „{{name}}“ wurde widerrufen.',
  'revoked.trust': 'Der Vertrauensanker „{{name}}“ wurde widerrufen.',
  hideNoun: 'Verbergen: {{noun}}',
  revealNoun: 'Anzeigen: {{noun}}',
  id: 'ID',
};
