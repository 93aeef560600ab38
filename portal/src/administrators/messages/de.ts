import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  operators: 'Betreiber',
  administrators: 'Administratoren',
  askOperatorServiceInviteOwner: 'Bitten Sie einen Betreiber des Dienstes, einen Eigentümer einzuladen.',
  administratorsOfThisDomain: 'Administratoren dieser Domain',
  name: 'Name',
  you: '(Sie)',
  email: 'E-Mail',
  unknown: 'Unbekannt',
  role: 'Rolle',
  since: 'Seit',
  actions: 'Aktionen',
  changeRoleOf: 'Rolle ändern: {{name}}',
  changeRole: 'Rolle ändern',
  removePerson: '{{name}} entfernen',
  remove: 'Entfernen',
  ownerChangeDomainViewerOnly:
    'Ein Eigentümer kann diese Domain ändern. Ein Betrachter kann sie nur ansehen. Administratoren brauchen keine Lizenz.',
  roleNameChanged: 'Die Rolle von {{name}} wurde geändert.',
  changeTheRoleOfName: 'Rolle von {{name}} ändern',
  theChangeIsEffectiveImmediately: 'Die Änderung gilt sofort.',
  sendAgainToEmail: 'Noch einmal senden: {{email}}',
  invitationEmailSentAgain: 'Die Einladung für {{email}} wurde noch einmal gesendet.',
  sendAgain: 'Noch einmal senden',
  withdrawTheInvitationOfEmail: 'Einladung für {{email}} zurückziehen',
  invitationEmailWithdrawn: 'Die Einladung für {{email}} wurde zurückgezogen.',
  withdraw: 'Zurückziehen',
  invitations: 'Einladungen',
  peopleNotAcceptedTheirInvitation: 'Diese Personen haben ihre Einladung noch nicht angenommen.',
  invitationsOldestFirst: 'Einladungen, die ältesten zuerst',
  expires: 'Läuft ab',
  status: 'Status',
  emailWasInvited: '{{email}} wurde eingeladen.',
  inviteOperator: 'Betreiber einladen',
  inviteAdministrator: 'Administrator einladen',
  done: 'Fertig',
  sendInvitation: 'Einladung senden',
  personGetsEmailSignsPortal:
    'Die Person erhält eine E-Mail und meldet sich mit dieser Adresse im Portal an. Die Einladung gilt 7 Tage.',
  nameOptional: 'Name (optional)',
  nameListsAuditLog: 'Der Name in Listen und im Änderungsprotokoll.',
  administratorsFromMappings: 'Administratoren aus Zuordnungen',
  identityProviderDecidesAboutThem:
    'Über sie entscheidet der Identity Provider. Um sie zu ändern, ändern Sie ihre Gruppen, ihre Rollen oder die Zuordnungen.',
  signedIn: 'Angemeldet',
  notInvitedMailProblem: 'Nicht eingeladen: <problem>{{mailProblem}}</problem>',
  invitationIsWaiting: 'Einladung ausstehend',
  invitationExpired: 'Einladung abgelaufen',
  notYet: 'Noch nicht',
  operatorSeeChangeAllDomains:
    'Ein Betreiber kann alle Domains des Dienstes ansehen und ändern. Ein Mitglied der Gruppe „operator“ des Benutzerpools erscheint hier nach der ersten Anmeldung.',
  removeName: '{{name}} entfernen?',
  removeOperator: 'Betreiber entfernen',
  removeAdministrator: 'Administrator entfernen',
  nameWasRemoved: '{{name}} wurde entfernt.',
  loseAccessImmediatelyOnlyAnother:
    'Sie verlieren sofort den Zugriff. Nur ein anderer Administrator kann Sie wieder einladen.',
  personLosesAccessImmediatelyGive:
    'Die Person verliert sofort den Zugriff. Um ihn zurückzugeben, laden Sie die Person noch einmal ein.',
  credentialsPersonCreatedStayValid:
    'Zugangsnachweise und Abonnements, die diese Person erstellt hat, bleiben gültig. Die Seite „Betriebsbereitschaft“ nennt sie danach, damit Sie sie ersetzen können.',
  theInvitationWasNotEmailed: 'Die Einladung wurde nicht per E-Mail gesendet',
  sendAddressYourself: 'Die Einladung gilt. Senden Sie die Adresse des Portals selbst an {{email}}.',
  portal: 'Portal',
  address: 'Adresse',
  noOperatorsYet: 'Noch keine Betreiber',
  noAdministratorsYet: 'Noch keine Administratoren',
  inviteFirstOperator:
    'Laden Sie den ersten Betreiber ein. Die Person erhält eine E-Mail und meldet sich mit dieser Adresse an.',
  inviteFirstAdministrator:
    'Laden Sie den ersten Administrator ein. Die Person erhält eine E-Mail und meldet sich mit dieser Adresse an.',
};
