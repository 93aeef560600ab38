import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  disableScimQuestion: 'SCIM ausschalten?',
  disableScim: 'SCIM ausschalten',
  scimDisabledRequestsNowRefused: 'SCIM ist ausgeschaltet. Anfragen werden jetzt abgelehnt.',
  allRequestsIdentityProviderRefused:
    'Alle Anfragen Ihres Identity Providers werden abgelehnt, und er meldet Fehler.',
  usersLicensesNotChangeAll:
    'Benutzer und Lizenzen ändern sich nicht, und alle Zugangsnachweise bleiben gültig. Sie können SCIM jederzeit wieder einschalten.',
  scimIsAvailable: 'SCIM ist verfügbar.',
  scimAvailability: 'Verfügbarkeit von SCIM',
  available: 'Verfügbar',
  notAvailable: 'Nicht verfügbar',
  ownersDomainEnableDisableScim: 'Die Eigentümer dieser Domain können SCIM ein- und ausschalten.',
  scimRequestsRefusedOwnersTold:
    'SCIM-Anfragen werden abgelehnt, und Eigentümer erfahren, an wen sie sich wenden können.',
  makeScimAvailable: 'SCIM verfügbar machen',
  makeScimUnavailable: 'Verfügbarkeit von SCIM beenden?',
  makeUnavailable: 'Verfügbarkeit beenden',
  scimNotAvailableRequestsNow: 'SCIM ist nicht verfügbar. Anfragen werden jetzt abgelehnt.',
  allRequestsIdentityProviderDomain: 'Alle Anfragen des Identity Providers dieser Domain werden abgelehnt.',
  usersLicensesCredentialsNotChange: 'Benutzer, Lizenzen und Zugangsnachweise ändern sich nicht.',
  theCollectionWasDownloaded: 'Die Sammlung wurde heruntergeladen.',
  tryTheScimApi: 'Die SCIM-API ausprobieren',
  downloadEveryScimRequestExample:
    'Laden Sie jede SCIM-Anfrage mit Beispielantworten herunter, als Sammlung für den API-Client Bruno. Die SCIM-Basis-URL ist eingetragen. Verwenden Sie einen SCIM-Schlüssel einer Testdomain: Die Anfragen legen Benutzer an und löschen sie.',
  downloadCollection: 'Sammlung herunterladen',
  scimProvisioning: 'SCIM-Bereitstellung',
  identityProviderSendsUsersDomain:
    'Ihr Identity Provider überträgt seine Benutzer in diese Domain. Jeder aktive Benutzer erhält eine Lizenz.',
  scimIsEnabled: 'SCIM ist eingeschaltet.',
  enabled: 'Eingeschaltet',
  disabled: 'Ausgeschaltet',
  identityProviderCreateChangeDeactivate:
    'Ihr Identity Provider kann Benutzer anlegen, ändern und deaktivieren.',
  requestsIdentityProviderRefusedUsers:
    'Anfragen Ihres Identity Providers werden abgelehnt. Benutzer behalten ihre Lizenzen.',
  enableScim: 'SCIM einschalten',
  scimBaseUrl: 'SCIM-Basis-URL',
  enterUrlIdentityProvider: 'Tragen Sie diese URL in Ihrem Identity Provider ein.',
  scimNotAvailableDomain: 'SCIM ist für diese Domain nicht verfügbar',
  allRequestsIdentityProviderRefusedUsers:
    'Alle Anfragen eines Identity Providers werden abgelehnt. Benutzer behalten ihre Lizenzen.',
  customScimAppAppCatalog: 'Eine eigene SCIM-App oder eine App aus dem Katalog',
  enterpriseApplicationAutomaticProvisioning: 'Eine Unternehmensanwendung mit automatischer Bereitstellung',
  connectYourIdentityProvider: 'Identity Provider verbinden',
  followStepStepGuideValues:
    'Folgen Sie einer Schritt-für-Schritt-Anleitung, in der die Werte dieser Domain schon eingetragen sind.',
  guidesOfOtherProviders: 'Hilfeseiten zu OneLogin, JumpCloud, Ping, Keycloak und anderen',
  opensInANewTab: '(öffnet einen neuen Tab)',
};
