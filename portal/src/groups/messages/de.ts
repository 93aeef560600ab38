import type { Translation } from '../../i18n/catalog';
import type { en } from './en';

/** The texts of this folder in German. */
export const de: Translation<typeof en> = {
  mappings: 'Zuordnungen',
  whatMembersGroupGet: 'Was die Mitglieder dieser Gruppe erhalten.',
  addMapping: 'Zuordnung hinzufügen',
  allMappings: 'Alle Zuordnungen',
  noMappingNamesThisGroup: 'Keine Zuordnung nennt diese Gruppe.',
  groups: 'Gruppen',
  group: 'Gruppe',
  viewInAuditLog: 'Im Änderungsprotokoll ansehen',
  members: 'Mitglieder',
  idInTheIdentityProvider: 'ID im Identity Provider',
  none: 'Keine',
  lastChange: 'Letzte Änderung',
  created: 'Angelegt',
  groupId: 'Gruppen-ID',
  theGroupHasNoMembers: 'Die Gruppe hat keine Mitglieder.',
  showMoreMembers: 'Weitere Mitglieder anzeigen',
  groupsIdentityProviderPushesTheir: 'Die Gruppen, die Ihr Identity Provider überträgt, und ihre Mitglieder.',
  searchGroups: 'Gruppen suchen',
  groupName: 'Name der Gruppe',
  showMoreGroups: 'Weitere Gruppen anzeigen',
  noGroupsMatchSearch: 'Keine Gruppe passt zu „{{search}}“',
  searchBeginningGroupName: 'Suchen Sie nach dem Anfang eines Gruppennamens.',
  noGroupsYet: 'Noch keine Gruppen',
  scimProvisioning: 'SCIM-Bereitstellung',
  pushGroupsIdentityProviderSee: 'Übertragen Sie Gruppen aus Ihrem Identity Provider, um sie hier zu sehen.',
  numberGroups_one: '{{count}} Gruppe',
  numberGroups_other: '{{count}} Gruppen',
};
