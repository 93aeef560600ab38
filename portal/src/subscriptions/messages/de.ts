import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  addSubscription: 'Abonnement hinzufügen',
  name: 'Name',
  delivery: 'Zustellung',
  guideName: 'Anleitung: {{name}}',
  deploymentNoSubscriptionsKindName: 'Diese Installation hat keine Abonnements der Art {{name}}',
  askOperatorServiceSwitchSetting:
    'Bitten Sie den Betreiber des Dienstes, die Einstellung <code>eventBus</code> einzuschalten, oder wählen Sie eine andere Zustellung.',
  signingSecret: 'Signaturschlüssel',
  enterReceiverVerifiesEachMessage: 'Tragen Sie ihn im Empfänger ein, der damit jede Nachricht prüft.',
  eventsToken: 'Ereignistoken',
  enterReceiverSendsBearerToken:
    'Tragen Sie es im Empfänger ein, der es beim Abrufen als Bearertoken sendet.',
  enterProductReadsEvents: 'Tragen Sie es im Produkt ein, das damit die Ereignisse liest.',
  editSubscription: 'Abonnement bearbeiten',
  save: 'Speichern',
  allAlsoLaterVersions: 'Alle, auch die späterer Versionen',
  onlyTypesIChoose: 'Nur die Arten, die ich auswähle',
  typesOfEvents: 'Arten von Ereignissen',
  users: 'Benutzer',
  groups: 'Gruppen',
  licenses: 'Lizenzen',
  emails: 'E-Mails',
  theDomain: 'Die Domain',
  connections: 'Verbindungen',
  selectNone: 'Keine auswählen',
  selectAll: 'Alle auswählen',
  valuesForTheReceiver: 'Werte für den Empfänger',
  ruleSelectsEventsSubscriptionResource:
    'Eine Regel wählt die Ereignisse dieses Abonnements anhand ihrer Ressource aus, und eine Art anhand des Detailtyps, zum Beispiel <code>license.ended</code>.',
  valuesForTheProduct: 'Werte für das Produkt',
  valuesForRules: 'Werte für Regeln',
  replaceToken: 'Token ersetzen',
  edit: 'Bearbeiten',
  resume: 'Fortsetzen',
  pause: 'Anhalten',
  delete: 'Löschen',
  deleteTheSubscriptionName: 'Abonnement {{name}} löschen?',
  deleteSubscription: 'Abonnement löschen',
  getsNoMoreEventsAlso:
    'Es erhält keine Ereignisse mehr, auch nicht die, die darauf warten. Sie können das nicht rückgängig machen.',
  paused: 'Angehalten',
  active: 'Aktiv',
  endpoint: 'Endpunkt',
  httpsUrlReceiverMustPublic:
    'Die https-URL des Empfängers. Sie muss im öffentlichen Internet erreichbar sein.',
  audienceOptional: 'Zielgruppe (optional)',
  audience: 'Zielgruppe',
  claimAudEachTokenSuch:
    'Der Wert „aud“ jedes Tokens, zum Beispiel die URL des Empfängers. Der Empfänger prüft ihn.',
  uniqueToThisSubscription: 'Nur für dieses Abonnement',
  content: 'Inhalt',
  dataContainsNamesAddressesChanges:
    'Die Daten enthalten Namen und Adressen. Änderungen aus der Zeit vor dieser Wahl kommen ohne sie.',
  removeTheAuthorizationHeader: 'Authorization-Header entfernen',
  newAuthorizationOptional: 'Neuer Authorization-Header (optional)',
  authorizationOptional: 'Authorization-Header (optional)',
  replacesValueHeaderEnterAgain:
    'Ersetzt den Wert des Headers. Geben Sie ihn noch einmal ein, wenn Sie den Host des Endpunkts ändern.',
  valueHeaderAuthorizationEachRequest:
    'Der Wert des Headers „Authorization“ jeder Anfrage. Er wird nicht noch einmal angezeigt.',
  bearer: 'Bearer …',
  authorizationHeader: 'Authorization-Header',
  sent: 'Wird gesendet',
  none: 'Keiner',
  events: 'Ereignisse',
  allOfUsersAndGroups: 'Alle zu Benutzern und Gruppen',
  all: 'Alle',
  created: 'Erstellt',
  serviceSendsEachEventEndpoint:
    'Der Dienst sendet jedes Ereignis innerhalb von Sekunden und signiert an Ihren Endpunkt.',
  productReadsEventsWhenWants: 'Das Produkt liest die Ereignisse mit einem Token, wann es will.',
  securityEventsPushed: 'Sicherheitsereignisse, gesendet',
  serviceSendsChangesUsersGroups:
    'Der Dienst sendet Änderungen an Benutzern und Gruppen an einen Empfänger nach dem Standard RFC 9967.',
  securityEventsPolled: 'Sicherheitsereignisse, abgerufen',
  receiverStandardRfc9967Polls:
    'Ein Empfänger nach dem Standard RFC 9967 ruft Änderungen an Benutzern und Gruppen mit einem Token ab.',
  serviceSendsEachEventEvent:
    'Der Dienst sendet jedes Ereignis an seinen Event Bus in AWS, dessen Regeln es weitergeben.',
  onlyIDsAndStates: 'Nur IDs und Zustände',
  alsoDataBeforeAfterChange: 'Auch die Daten vor und nach der Änderung',
  feedUrl: 'Feed-URL',
  pollUrl: 'Abruf-URL',
  jwksUrl: 'JWKS-URL',
  issuer: 'Aussteller',
  eventBus: 'Event Bus',
  source: 'Quelle',
  resource: 'Ressource',
  subscriptionDeliversEachChangeUsers:
    'Ein Abonnement liefert jede Änderung an Benutzern, Gruppen und Lizenzen an Ihr Produkt.',
  noSubscriptions: 'Keine Abonnements',
  addWebhookFeedProductReads:
    'Fügen Sie einen Webhook hinzu, einen Feed, den das Produkt liest, oder eine andere Zustellung.',
  askOwnerDomainAddOne: 'Bitten Sie einen Eigentümer dieser Domain, eines hinzuzufügen.',
};
