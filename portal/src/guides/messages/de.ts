import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  connectEntraId: 'Entra ID verbinden',
  needApplicationAdministratorRoleMicrosoft:
    'Sie brauchen die Rolle Anwendungsadministrator (Application Administrator) in Microsoft Entra ID. Die Schritte 1 bis 3 stellen die Verbindung her, die Schritte 4 bis 6 starten die Bereitstellung.',
  domainStandardRatePlan: 'Diese Domain hat den Nutzungsplan Standard',
  entraIdSendsMoreRequests:
    'Entra ID sendet mehr Anfragen, als dieser Nutzungsplan erlaubt. Die Bereitstellung ist deshalb langsam. Bitten Sie den Betreiber des Dienstes um den Nutzungsplan Gallery, bevor Sie mehr als ein paar Benutzer bereitstellen.',
  howEntraIdAuthenticates: 'Wie sich Entra ID authentifiziert',
  mappingTableAndTroubleshooting: 'Zuordnungstabelle und Fehlerbehebung',
  connectOkta: 'Okta verbinden',
  needAppAdministratorOktaSetup:
    'Sie müssen in Okta App-Administrator sein. Die Einrichtung dauert etwa zehn Minuten.',
  licenseTypesAndTroubleshooting: 'Lizenztypen und Fehlerbehebung',
  createTheConnectionAboveFirst: 'Erstellen Sie zuerst oben die Verbindung.',
  entraIdChooseAuthenticationMethod: 'In Entra ID: Authentifizierungsmethode wählen',
  goEnterpriseApplicationsNewApplication:
    'Gehen Sie zu <b>Enterprise applications → New application → Create your own application</b>, und wählen Sie „Integrate any other application you don’t find in the gallery“.',
  chooseSelectWorkloadIdentityRegister:
    'Wählen Sie <b>Select workload identity → Register</b>. Entra ID zeigt „Token issuer“, „JWKS URI“, „Subject“ und „Audience“. Lassen Sie diese Seite geöffnet.',
  hereTrustTheWorkloadIdentity: 'Hier: der Workloadidentität vertrauen',
  pasteValuesEntraIdInto:
    'Fügen Sie die Werte aus Entra ID in einen Vertrauensanker ein. Wenn Sie nicht sicher sind, welche Zielgruppe Entra ID sendet, geben Sie beide Formen ein: die Anwendungs-ID und api:// gefolgt von der Anwendungs-ID.',
  hereGenerateAClientSecret: 'Hier: geheimen Clientschlüssel erzeugen',
  pageShowsSecretOnceTogether:
    'Die Seite zeigt den geheimen Clientschlüssel einmal, zusammen mit den anderen Werten. Fügen Sie alle in Entra ID ein, bevor Sie den Dialog schließen. Jeder Wert hat den Namen des Felds, in das er gehört.',
  hereGenerateAScimKey: 'Hier: SCIM-Schlüssel erzeugen',
  pageShowsKeyOnceTogether:
    'Die Seite zeigt den Schlüssel einmal, zusammen mit der „Tenant URL“. Fügen Sie beides in Entra ID ein, bevor Sie den Dialog schließen: Der Schlüssel ist das „Secret token“.',
  entraIdPasteValuesTest: 'In Entra ID: Werte einfügen und Verbindung testen',
  clientIdentifierBelongsConnectionCreate:
    'Der „Client identifier“ gehört zur Verbindung. Erstellen Sie die Verbindung zuerst oben.',
  clientSecretOneGeneratedAbove: 'Der geheime Clientschlüssel ist der, den Sie oben erzeugt haben.',
  secretTokenScimKeyGenerated: 'Das „Secret token“ ist der SCIM-Schlüssel, den Sie oben erzeugt haben.',
  workloadIdentity: 'Workloadidentität',
  entraIdSignsAssertionNo:
    'Entra ID signiert eine Assertion. Es gibt kein Geheimnis, das ablaufen oder bekannt werden kann.',
  clientCredentials: 'Clientanmeldeinformationen',
  clientIdClientSecretRenew:
    'Eine Client-ID und ein geheimer Clientschlüssel, den Sie alle ein bis drei Jahre erneuern.',
  secretToken: 'Secret token',
  scimKeyEntraIdAccepts:
    'Ein SCIM-Schlüssel. Entra ID akzeptiert ihn nur für Anwendungen, die nicht aus seinem Katalog stammen.',
  workloadIdentityBasedAuthentication: 'Workload identity-based authentication',
  oAuth2ClientCredentialsGrant: 'OAuth2 client credentials grant',
  bearerAuthentication: 'Bearer authentication',
  attributeOfTheApplication: 'Attribut der Anwendung',
  microsoftEntraIdAttribute: 'Attribut von Microsoft Entra ID',
  entraIdCheckMappings: 'In Entra ID: Zuordnungen prüfen',
  underMappingsProvisionMicrosoftEntra:
    'Stellen Sie unter <b>Mappings → Provision Microsoft Entra ID Users</b> sicher, dass es diese sechs Zuordnungen gibt. Löschen Sie die anderen, wenn Sie sie nicht brauchen.',
  mappingsOfUsers: 'Zuordnungen von Benutzern',
  mapUserPrincipalNameNotMailWork:
    'Ordnen Sie <b>userPrincipalName</b>, nicht <b>mail</b>, der geschäftlichen E-Mail-Adresse zu: Benutzer, die es nur in der Cloud gibt, haben kein <b>mail</b>. Der Lizenzschlüssel wird an diese Adresse gesendet. Sie muss also E-Mails empfangen.',
  mappingActiveEndsLicensesKeep:
    'Die Zuordnung von <b>active</b> beendet Lizenzen. Wenn Sie <b>externalId</b> behalten, ordnen Sie ihm <b>objectId</b> zu, weil sich der Wert der Standardquelle ändern kann.',
  entraIdChooseUsers: 'In Entra ID: Benutzer auswählen',
  underSettingsScopeChooseSync:
    'Wählen Sie unter <b>Settings → Scope</b> „Sync only assigned users and groups“. Weisen Sie dann unter <b>Users and groups</b> Benutzer und Gruppen zu. Beginnen Sie mit einem Benutzer, zum Beispiel sich selbst: Jeder Benutzer erhält eine Lizenz und eine E-Mail mit dem Lizenzschlüssel.',
  entraIdTestOneUser: 'In Entra ID: mit einem Benutzer testen, dann starten',
  provisionDemandShowsEachStep:
    '<b>Provision on demand</b> zeigt jeden Schritt für einen Benutzer. Wenn alle Schritte gelingen, wählen Sie <b>Start provisioning</b>. Ein Bereitstellungszyklus beginnt alle 20 bis 40 Minuten.',
  connection: 'Verbindung',
  guideShowsValuesStatusConnection: 'Diese Anleitung zeigt die Werte und den Status dieser Verbindung.',
  createConnectionFirstOwnCredentials:
    'Erstellen Sie zuerst eine Verbindung. Sie hat eigene Zugangsnachweise und einen eigenen Status.',
  viewTheConnection: 'Verbindung ansehen',
  askOwnerDomainCreateConnection: 'Bitten Sie einen Eigentümer dieser Domain, eine Verbindung zu erstellen.',
  newConnection: 'Neue Verbindung',
  name: 'Name',
  createConnection: 'Verbindung erstellen',
  inOktaCreateTheApp: 'In Okta: App erstellen',
  goApplicationsCreateAppIntegration:
    'Gehen Sie zu <b>Applications → Create App Integration</b>. Wählen Sie <b>SWA</b> oder, wenn die App Single Sign-on hat, SAML 2.0. Geben Sie als Anmeldeseite von SWA eine beliebige Seite ein, zum Beispiel die Website des Produkts: Die Bereitstellung verwendet sie nicht. Das Format <b>Email</b> für den Benutzernamen der Anwendung passt für die meisten Organisationen.',
  inOktaTurnOnProvisioning: 'In Okta: Bereitstellung einschalten',
  goGeneralAppSettingsEdit:
    'Gehen Sie zu <b>General → App Settings → Edit</b>. Wählen Sie <b>SCIM</b> für die Bereitstellung, und speichern Sie. Der Reiter <b>Provisioning</b> erscheint.',
  oktaEnterValuesConnection: 'In Okta: Werte der Verbindung eintragen',
  goProvisioningIntegrationEditEnter:
    'Gehen Sie zu <b>Provisioning → Integration → Edit</b>, und tragen Sie diese Werte ein.',
  uniqueIdentifierFieldForUsers: 'Unique identifier field for users',
  identifierField: 'Feld für die Kennung',
  supportedProvisioningActions: 'Supported provisioning actions',
  pushNewUsersPushProfile: 'Push New Users, Push Profile Updates, Push Groups',
  authenticationMode: 'Authentication Mode',
  httpHeader: 'HTTP Header',
  authorizationBearer: 'Authorization (Bearer)',
  scimKeyNextStepOkta: 'Der SCIM-Schlüssel des nächsten Schritts. Okta fügt „Bearer“ selbst hinzu.',
  pageShowsKeyOnceCopy:
    'Diese Seite zeigt den Schlüssel einmal. Kopieren Sie ihn, und fügen Sie ihn in Okta unter <b>Authorization (Bearer)</b> ein.',
  inOktaTestAndSave: 'In Okta: testen und speichern',
  chooseTestConnectorConfigurationOkta:
    'Wählen Sie <b>Test Connector Configuration</b>. Okta zeigt ein Häkchen für jede Aktion, die Sie ausgewählt haben. Speichern Sie dann. Wenn Okta den Fehler 401 meldet, ist der Schlüssel nicht vollständig: Fügen Sie ihn noch einmal ein.',
  inOktaChooseTheActions: 'In Okta: Aktionen auswählen',
  goProvisioningAppEditEnable:
    'Gehen Sie zu <b>Provisioning → To App → Edit</b>. Schalten Sie <b>Create Users</b>, <b>Update User Attributes</b> und <b>Deactivate Users</b> ein. Schalten Sie Sync Password nicht ein.',
  oktaAssignFirstUser: 'In Okta: ersten Benutzer zuweisen',
  assignOneUserUnderAssignments:
    'Weisen Sie unter <b>Assignments</b> einen Benutzer zu, zum Beispiel sich selbst. Jeder zugewiesene Benutzer erhält eine Lizenz und eine E-Mail mit dem Lizenzschlüssel. Unter <b>Push Groups</b> können Sie Gruppen übertragen.',
  'askOwner.scim-key': 'Bitten Sie einen Eigentümer dieser Domain, einen SCIM-Schlüssel hinzuzufügen.',
  'askOwner.client-secret':
    'Bitten Sie einen Eigentümer dieser Domain, einen geheimen Clientschlüssel hinzuzufügen.',
  'askOwner.trust': 'Bitten Sie einen Eigentümer dieser Domain, einen Vertrauensanker hinzuzufügen.',
  'active.scim-key_one':
    'Diese Verbindung hat {{count}} aktiven SCIM-Schlüssel. Wenn Sie ihn verloren haben, widerrufen Sie ihn, und erzeugen Sie einen neuen.',
  'active.scim-key_other':
    'Diese Verbindung hat {{count}} aktive SCIM-Schlüssel. Wenn Sie einen verloren haben, widerrufen Sie ihn, und erzeugen Sie einen neuen.',
  'active.client-secret_one':
    'Diese Verbindung hat {{count}} aktiven geheimen Clientschlüssel. Wenn Sie ihn verloren haben, widerrufen Sie ihn, und erzeugen Sie einen neuen.',
  'active.client-secret_other':
    'Diese Verbindung hat {{count}} aktive geheime Clientschlüssel. Wenn Sie einen verloren haben, widerrufen Sie ihn, und erzeugen Sie einen neuen.',
  'active.trust_one':
    'Diese Verbindung hat {{count}} aktiven Vertrauensanker. Wenn seine Werte nicht mehr stimmen, widerrufen Sie ihn, und fügen Sie einen neuen hinzu.',
  'active.trust_other':
    'Diese Verbindung hat {{count}} aktive Vertrauensanker. Wenn die Werte eines Vertrauensankers nicht mehr stimmen, widerrufen Sie ihn, und fügen Sie einen neuen hinzu.',
  chooseMethod:
    'Wählen Sie unter <b>Provisioning → New configuration</b> die Authentifizierungsmethode <b>{{method}}</b>. Ältere Versionen der Seite haben stattdessen den Modus <b>Automatic</b>, nur mit einem „Secret token“.',
  testAndSave:
    'Wählen Sie <b>Test connection</b>, und speichern Sie. Diese Seite zeigt die erste Anfrage innerhalb einer Minute. Wenn der Test fehlschlägt, fügen Sie die Werte noch einmal ein.',
  testSaveAndActivate:
    'Wählen Sie <b>Test connection</b>, speichern Sie, und aktivieren Sie die Konfiguration. Diese Seite zeigt die erste Anfrage innerhalb einer Minute. Wenn der Test fehlschlägt, fügen Sie die Werte noch einmal ein.',
  hereCheckTheStatus: 'Hier: Status prüfen',
  stepShowsFirstRequest:
    'Dieser Schritt zeigt die erste Anfrage Ihres Identity Providers innerhalb einer Minute.',
  lastRequestTime: 'Letzte Anfrage: <time/>',
};
