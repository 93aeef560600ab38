import type { MappingSource, MappingTarget } from '../../api/schema';
import { ROLE_TITLES } from '../labels';
import { t } from './messages';
import { visible } from '../visible';

/** Describes the users that a mapping matches, such as "Members of the group Engineering". */
export function sourceTitle(from: MappingSource): string {
  const value = visible(from.value);
  switch (from.kind) {
    case 'group':
      return t(GROUP_REFERENCES[from.by], { value });
    case 'role':
      return t('usersWithRole', { value });
    case 'entitlement':
      return t('usersWithEntitlement', { value });
    case 'attribute':
      return t('usersWithAttribute', { path: visible(from.path), value });
  }
}

const GROUP_REFERENCES = {
  displayName: 'membersByName',
  externalId: 'membersByExternalId',
  id: 'membersById',
} as const;

/** Describes what a mapping gives its users, such as "User type Core User". */
export function targetTitle(to: MappingTarget): string {
  switch (to.kind) {
    case 'userType':
      return t('givesUserType', { userType: visible(to.userType) });
    case 'organization':
      return t('givesRole', { role: visible(to.role), organization: visible(to.organization) });
    case 'administrator':
      return t(to.license ? 'givesPortalRole' : 'givesPortalRoleOnly', { role: ROLE_TITLES[to.role] });
    case 'noLicense':
      return t('givesNoLicense');
  }
}
