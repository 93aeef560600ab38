import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  firstSteps: 'Erste Schritte',
  emptyDeploymentFirstUserFirst:
    'Von einer leeren Installation zum ersten Benutzer Ihres ersten Kunden. Sie können jeden Schritt wiederholen.',
  checkTheDeployment: 'Installation prüfen',
  createDomainCustomer: 'Domain für den Kunden erstellen',
  theDomainNameExists: 'Die Domain {{name}} existiert',
  openTheDomain: 'Domain öffnen',
  inviteTheOwner: 'Eigentümer einladen',
  createTheDomainFirst: 'Erstellen Sie zuerst die Domain.',
  sendASetupLink: 'Einrichtungslink senden',
  checkAgain: 'Noch einmal prüfen',
  name: 'Name',
  nameOrganizationPortalShows: 'Der Name der Organisation, wie das Portal ihn anzeigt.',
  ratePlan: 'Nutzungsplan',
  limitsRequestsIdentityProviderChoose:
    'Begrenzt die Anfragen des Identity Providers. Wählen Sie Gallery für Microsoft Entra ID.',
  createDomain: 'Domain erstellen',
  administratorCustomerConnectsIdentityProvider:
    'Der IT-Administrator des Kunden verbindet den Identity Provider mit einem Einrichtungslink und braucht dafür kein Konto.',
  seeProgressPagesDomain: 'Sie sehen den Fortschritt auf den Seiten der Domain.',
  createSetupLink: 'Einrichtungslink erstellen',
  domainHasOwner: 'Die Domain hat einen Eigentümer: {{name}}',
  emailWasInvitedAsOwner: '{{email}} wurde als Eigentümer eingeladen',
  inviteMoreAdministratorsPageAdministrators:
    'Laden Sie weitere Administratoren auf der Seite Administratoren der Domain ein.',
  emailOfTheOwner: 'E-Mail des Eigentümers',
  personGetsEmailAdministersDomain:
    'Die Person erhält eine E-Mail, verwaltet die Domain und erhält Benachrichtigungen dazu. Sie können das auch später tun.',
  inviteOwner: 'Eigentümer einladen',
};
