import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  createDomain: 'Domain erstellen',
  name: 'Name',
  nameOrganizationPortalShows: 'Der Name der Organisation, wie das Portal ihn anzeigt.',
  ratePlan: 'Nutzungsplan',
  limitsRequestsIdentityProviderChoose:
    'Begrenzt die Anfragen des Identity Providers. Wählen Sie Gallery für Microsoft Entra ID.',
  deleteName: '{{name}} löschen?',
  deletePermanently: 'Endgültig löschen',
  typeNameToConfirm: 'Geben Sie zur Bestätigung „{{name}}“ ein',
  nameWasDeleted: '{{name}} wurde gelöscht.',
  deletesAllUsersUsersEnds:
    'Das löscht alle Benutzer ({{users}}) und beendet alle aktiven Lizenzen ({{activeLicenses}}). Sie können das nicht rückgängig machen.',
  deleteDomain: 'Domain löschen',
  endsAllLicensesDomainDeletes:
    'Beendet alle Lizenzen der Domain und löscht ihre Benutzer, Gruppen, Schlüssel und ihren Verlauf.',
  users: 'Benutzer',
  groups: 'Gruppen',
  waitingForASeat: 'Warten auf einen Platz',
  activeLicenses: 'Aktive Lizenzen',
  domain: 'Domain',
  emailDelayInMinutes: 'E-Mail-Verzögerung in Minuten',
  notificationAddresses: 'Adressen für Benachrichtigungen',
  none: 'Keine',
  domainId: 'Domain-ID',
  theDomainWasSaved: 'Die Domain wurde gespeichert.',
  nameYourOrganization: 'Der Name Ihrer Organisation, wie das Portal ihn anzeigt.',
  timeBetweenActivationUserFirst:
    'Die Zeit zwischen der Aktivierung eines Benutzers und der ersten E-Mail. Eine Verzögerung gibt Ihnen Zeit, einen Fehler zu korrigieren. Bei 0 wird die E-Mail sofort gesendet.',
  up10EmailAddressesSeparated:
    'Bis zu 10 E-Mail-Adressen, durch Kommas getrennt. Diese Adressen erhalten 30 Tage, 7 Tage und 1 Tag vor dem Ablauf eines Zugangsnachweises und nach dem Ablauf eine E-Mail.',
  requests: 'Anfragen',
  auditLog: 'Änderungsprotokoll',
  settings: 'Einstellungen',
  thisDomainCannotBeShown: 'Diese Domain kann nicht angezeigt werden',
  domainAndSeats: 'Domain und Plätze',
  nameEmailsSeatsDomain: 'Der Name, die E-Mails und die Plätze dieser Domain.',
  yourDomains: 'Ihre Domains',
  domainOneOrganizationUsersLicenses:
    'Eine Domain ist eine Organisation mit ihren Benutzern, Lizenzen und Verbindungen.',
  operators: 'Betreiber',
  firstSteps: 'Erste Schritte',
  showMoreDomains: 'Weitere Domains anzeigen',
  noDomainsYet: 'Noch keine Domains',
  youHaveNoDomainYet: 'Sie haben noch keine Domain',
  createDomainFirstOrganization: 'Erstellen Sie eine Domain für Ihre erste Organisation.',
  askPersonGaveAccessMake:
    'Bitten Sie die Person, von der Sie den Zugang haben, Sie zum Eigentümer oder Betrachter Ihrer Domain zu machen. Melden Sie sich dann noch einmal an.',
  youHaveNoRoleYet: 'Sie haben noch keine Rolle',
  askOwnerDomainOperatorInvite:
    'Bitten Sie einen Eigentümer Ihrer Domain oder den Betreiber, Sie unter Ihrer E-Mail-Adresse einzuladen. Melden Sie sich dann ab, und melden Sie sich mit dieser Adresse wieder an.',
  scimProvisioning: 'SCIM-Bereitstellung',
  connectOkta: 'Okta verbinden',
  connectEntraId: 'Entra ID verbinden',
  setupLinks: 'Einrichtungslinks',
  mappings: 'Zuordnungen',
  administrators: 'Administratoren',
  emailProblems: 'E-Mail-Probleme',
  events: 'Ereignisse',
  readiness: 'Betriebsbereitschaft',
  ofSeats_one: 'von {{count}} Platz',
  ofSeats_other: 'von {{count}} Plätzen',
};
