import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  invitationSentEmail: 'Die Einladung wurde an {{email}} gesendet',
  followEmailSignAccountStays:
    'Folgen Sie dem Link in der E-Mail, um sich anzumelden. Das Konto bleibt bestehen, wenn dieser Einrichtungslink abläuft.',
  inviteMeToAnAccount: 'Einladung zu einem Konto anfordern',
  needAppAdministratorOktaConnect:
    'Sie müssen in Okta App-Administrator sein. Einen zweiten Identity Provider können Sie danach verbinden.',
  needApplicationAdministratorRoleMicrosoft:
    'Sie brauchen die Rolle Anwendungsadministrator (Application Administrator) in Microsoft Entra ID. Einen zweiten Identity Provider können Sie danach verbinden.',
  mustSupportScim20:
    'Er muss SCIM 2.0 unterstützen. Einen zweiten Identity Provider können Sie danach verbinden.',
  identityProvider: 'Identity Provider',
  connectionBelongsOneIdentityProvider:
    'Eine Verbindung gehört zu einem Identity Provider. Sie hat eigene Zugangsnachweise und einen eigenen Status. Sie können den Namen beibehalten.',
  connection: 'Verbindung',
  newConnection: 'Neue Verbindung',
  revokeConnection: 'Verbindung widerrufen',
  offerAnAccountAsOwner: 'Ein Konto als Eigentümer anbieten',
  offerAnAccountAsViewer: 'Ein Konto als Betrachter anbieten',
  doNotOfferAnAccount: 'Kein Konto anbieten',
  createSetupLink: 'Einrichtungslink erstellen',
  createLink: 'Link erstellen',
  emailAddress: 'E-Mail-Adresse',
  personSetsUpIdentityProvider:
    'Die Person, die den Identity Provider einrichtet. Ein Einmalcode wird an diese Adresse gesendet, wenn der Link geöffnet wird.',
  atTheEnd: 'Am Ende',
  accountLetsPersonReturnAfter:
    'Mit einem Konto kann die Person zurückkehren, nachdem der Link abgelaufen ist.',
  mailSubject: 'Bereitstellung für {{productName}} einrichten',
  mailBody:
    'Mit diesem Link können Sie Ihren Identity Provider mit {{productName}} verbinden:\n\n{{url}}\n\nÖffnen Sie ihn in dem Browser, in dem Sie die Einrichtung durchführen möchten.',
  yourSetupLink: 'Ihr Einrichtungslink',
  sendTheLinkNow: 'Senden Sie den Link jetzt',
  notShownAgainLoseRevoke:
    'Er wird nicht noch einmal angezeigt. Wenn Sie ihn verlieren, widerrufen Sie ihn, und erstellen Sie einen neuen.',
  setupLinkForEmail: 'Einrichtungslink für {{email}}',
  setupLink: 'Einrichtungslink',
  linkWorksFirstBrowserOpens: 'Der Link funktioniert bis <day/> in dem Browser, der ihn zuerst öffnet.',
  writeEmailLink: 'E-Mail mit dem Link schreiben',
  done: 'Fertig',
  stateDone: 'erledigt',
  stateFailed: 'fehlgeschlagen',
  stateWaiting: 'wartet',
  chooseHowEntraIdAuthenticates: 'Wählen, wie sich Entra ID authentifiziert',
  provisioningEntraIdSlowStandard:
    'Die Bereitstellung mit Entra ID ist mit dem Nutzungsplan Standard langsam',
  askPersonSentLinkGallery:
    'Bitten Sie die Person, die Ihnen den Link geschickt hat, um den Nutzungsplan Gallery, bevor Sie mehr als ein paar Benutzer bereitstellen.',
  howEntraIdAuthenticates: 'Wie sich Entra ID authentifiziert',
  mappingTableAndTroubleshooting: 'Zuordnungstabelle und Fehlerbehebung',
  connectionTestFailsTestAssertion: 'Wenn der Verbindungstest fehlschlägt: Assertion testen',
  setUpProvisioning: 'Bereitstellung einrichten',
  invitedConnectIdentityProviderProductName:
    'Sie wurden eingeladen, Ihren Identity Provider mit {{productName}} zu verbinden, damit Ihre Benutzer ihre Lizenzen automatisch erhalten. Es dauert etwa 15 Minuten. Um sicherzugehen, dass Sie es sind, senden wir einen Code an die E-Mail-Adresse aus der Einladung.',
  emailMeACode: 'Code per E-Mail senden',
  continueBrowserWantSetupLink:
    'Fahren Sie in dem Browser fort, in dem Sie die Einrichtung durchführen möchten: Der Link funktioniert danach nur dort.',
  codeSent: 'Der Code wurde an {{sentTo}} gesendet',
  works10MinutesNotArrive: 'Er gilt 10 Minuten. Wenn er nicht ankommt, sehen Sie im Spam-Ordner nach.',
  codeFromTheEmail: 'Code aus der E-Mail',
  continue: 'Weiter',
  sendAnotherCode: 'Neuen Code senden',
  identityProviderEnterValuesConnection: 'Bei Ihrem Identity Provider: Werte der Verbindung eintragen',
  enterValuesWhereIdentityProvider:
    'Tragen Sie diese Werte dort ein, wo Ihr Identity Provider die Bereitstellung mit SCIM 2.0 konfiguriert.',
  authentication: 'Authentifizierung',
  bearerTokenScimKeyNext: 'Bearertoken: der SCIM-Schlüssel des nächsten Schritts.',
  uniqueIdentifierOfUsers: 'Eindeutige Kennung von Benutzern',
  mediaType: 'Medientyp',
  expectedResultsAndTroubleshooting: 'Erwartete Ergebnisse und Fehlerbehebung',
  guidesOfIdentityProviders: 'Anleitungen zu Identity Providern',
  scimApi: 'SCIM-API',
  hereGenerateAScimKey: 'Hier: SCIM-Schlüssel erzeugen',
  pageShowsKeyOnceCopy:
    'Diese Seite zeigt den Schlüssel einmal. Kopieren Sie ihn, und fügen Sie ihn bei Ihrem Identity Provider als Bearertoken ein.',
  identityProviderTestConnectionAssign:
    'Bei Ihrem Identity Provider: Verbindung testen und ersten Benutzer zuweisen',
  testReportsError401Key:
    'Wenn der Test den Fehler 401 meldet, ist der Schlüssel nicht vollständig: Fügen Sie ihn noch einmal ein. Weisen Sie dann einen Benutzer zu, zum Beispiel sich selbst. Jeder Benutzer erhält eine Lizenz und eine E-Mail mit dem Lizenzschlüssel.',
  listUpdatesItselfEveryFew: 'Diese Liste aktualisiert sich alle paar Sekunden.',
  showsRequestsConnectionName: 'Sie zeigt die Anfragen der Verbindung {{name}}.',
  firstRequest: 'Erste Anfrage',
  identityProviderConnectedLastRequest: 'Ihr Identity Provider ist verbunden. Letzte Anfrage: <time/>',
  waitingIdentityProviderSendsRequest:
    'Warten auf Ihren Identity Provider. Er sendet eine Anfrage, wenn Sie die Verbindung testen. Eine Anfrage mit einem falschen oder unvollständigen Schlüssel erscheint hier nicht.',
  refusedRequest: 'Abgelehnt: {{request}} ({{status}})',
  noReasonWasGiven: 'Es wurde kein Grund angegeben.',
  firstUser: 'Erster Benutzer',
  waitingUserAssignOneIdentity: 'Warten auf einen Benutzer. Weisen Sie bei Ihrem Identity Provider einen zu.',
  firstEmail: 'Erste E-Mail',
  licenseKeyEmailedFirstUser: 'Der Lizenzschlüssel wurde an den ersten Benutzer gesendet: <time/>.',
  waitingEachActiveUserGets: 'Warten. Jeder aktive Benutzer erhält eine E-Mail mit einem Lizenzschlüssel.',
  firstUserNoEmailAddress:
    'Der erste Benutzer hat keine E-Mail-Adresse. Ordnen Sie bei Ihrem Identity Provider das Attribut emails zu, und übertragen Sie den Benutzer noch einmal.',
  emailCouldNotSentTell:
    'Die E-Mail konnte nicht gesendet werden. Informieren Sie die Person, die Ihnen den Link geschickt hat.',
  earlierEmailAddressBouncedCorrect:
    'Eine frühere E-Mail an die Adresse war unzustellbar. Korrigieren Sie die Adresse bei Ihrem Identity Provider.',
  emailBouncedCorrectAddressIdentity:
    'Die E-Mail war unzustellbar. Korrigieren Sie die Adresse bei Ihrem Identity Provider.',
  scimDisabledDomain: 'SCIM ist für diese Domain ausgeschaltet',
  allRequestsIdentityProviderRefused:
    'Alle Anfragen Ihres Identity Providers werden abgelehnt. Bitten Sie die Person, die Ihnen den Link geschickt hat, SCIM einzuschalten. Alles andere können Sie schon vorbereiten.',
  chooseYourIdentityProvider: 'Identity Provider wählen',
  createTheConnection: 'Verbindung erstellen',
  optionalTestTheService: 'Optional: den Dienst testen',
  createTheConnectionFirst: 'Erstellen Sie zuerst oben die Verbindung.',
  sendsTestUsersWithoutProvider:
    'Der Test sendet ohne Ihren Identity Provider, was dieser sendet. Er legt zwei Benutzer und eine Gruppe an, deren Namen auf @simulator.invalid enden, ändert sie und löscht sie wieder. Sie erhalten keine Lizenz und keine E-Mail.',
  watchTheFirstUserArrive: 'Zusehen, wie der erste Benutzer ankommt',
  finish: 'Abschließen',
  provisioningWorks: 'Die Bereitstellung funktioniert',
  assignOtherUsersIdentityProvider:
    'Weisen Sie bei Ihrem Identity Provider die anderen Benutzer zu. Hier ist nichts weiter zu tun.',
  whenFirstUserFirstEmail:
    'Wenn der erste Benutzer und die erste E-Mail da sind, sind Sie fertig. Weisen Sie dann bei Ihrem Identity Provider die anderen Benutzer zu.',
  setupLinks: 'Einrichtungslinks',
  letSomebodyWithoutAccountConnect:
    'Lassen Sie jemanden ohne Konto den Identity Provider verbinden, zum Beispiel Ihren IT-Administrator.',
  linkShowsSetupConnectionsDomain:
    'Ein Link zeigt die Einrichtung und die Verbindungen dieser Domain, aber keine Benutzer und kein Änderungsprotokoll.',
  noSetupLinks: 'Keine Einrichtungslinks',
  createLinkSendPersonSets:
    'Erstellen Sie einen Link, und senden Sie ihn der Person, die den Identity Provider einrichtet.',
  askOwnerDomainCreateLink: 'Bitten Sie einen Eigentümer dieser Domain, einen Link zu erstellen.',
  setupLinksNewestFirst: 'Einrichtungslinks, die neuesten zuerst',
  notOpened: 'Nicht geöffnet',
  open: 'Geöffnet',
  expired: 'Abgelaufen',
  revoked: 'Widerrufen',
  for: 'Für',
  created: 'Erstellt',
  opened: 'Geöffnet',
  never: 'Nie',
  expires: 'Läuft ab',
  status: 'Status',
  actions: 'Aktionen',
  revokeTheLinkForEmail: 'Link für {{email}} widerrufen',
  revoke: 'Widerrufen',
  revokeTheLinkForEmail2: 'Link für {{email}} widerrufen?',
  revokeLink: 'Link widerrufen',
  theSetupLinkWasRevoked: 'Der Einrichtungslink wurde widerrufen.',
  linkStopsWorkingImmediatelyAlso:
    'Der Link funktioniert sofort nicht mehr, auch nicht in dem Browser, in dem er geöffnet ist. Sie können das nicht rückgängig machen.',
  scimKeysCreatedLinkStay: 'Zugangsnachweise, die mit dem Link erstellt wurden, bleiben gültig.',
  thisLinkIsNotComplete: 'Dieser Link ist nicht vollständig',
  openCompleteLinkMessageReceived:
    'Öffnen Sie den vollständigen Link aus der Nachricht, die Sie erhalten haben, oder bitten Sie den Absender um einen neuen.',
  thisLinkHasEnded: 'Dieser Link gilt nicht mehr',
  expiredRevokedWhatSetUp:
    'Er ist abgelaufen oder wurde widerrufen. Was Sie eingerichtet haben, bleibt erhalten. Bitten Sie den Absender um einen neuen Link.',
  openTheCompleteLink: 'Öffnen Sie den vollständigen Link',
  browserNotOpenedLinkNo:
    'Dieser Browser hat den Link nicht geöffnet, oder er weiß es nicht mehr. Öffnen Sie den vollständigen Link aus der Nachricht, die Sie erhalten haben. Wenn er schon geöffnet wurde, bitten Sie den Absender um einen neuen.',
  somethingWentWrongPageReload:
    'Auf dieser Seite ist etwas schiefgegangen. Laden Sie sie neu, und versuchen Sie es noch einmal.',
  thatDidNotWork: 'Das hat nicht funktioniert',
  skipToContent: 'Zum Inhalt springen',
  connect: 'Verbinden Sie Ihren Identity Provider.',
  connectTo: 'Verbinden Sie Ihren Identity Provider mit {{name}}.',
  takesAbout15Minutes:
    'Es dauert etwa 15 Minuten. Sie können diese Seite schließen und bis <day/> mit demselben Link in diesem Browser zurückkehren.',
  domainUsers_one: 'Die Domain hat {{count}} Benutzer.',
  domainUsers_other: 'Die Domain hat {{count}} Benutzer.',
  'accountOffer.owner':
    'Dieser Link läuft ab. Mit einem eigenen Konto können Sie diese Domain jederzeit ansehen und ändern.',
  'accountOffer.viewer':
    'Dieser Link läuft ab. Mit einem eigenen Konto können Sie diese Domain jederzeit ansehen.',
};
