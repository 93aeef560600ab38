import type { MappingSource, MappingTarget } from '../../../../portal/src/api/schema';

/** Describes the users that a mapping matches. */
export function sourceText(from: MappingSource): string {
  switch (from.kind) {
    case 'group':
      return `members of the group ${GROUP_REFERENCES[from.by]}${from.value}`;
    case 'role':
    case 'entitlement':
      return `users with the ${from.kind} ${from.value}`;
    case 'attribute':
      return `users whose ${from.path} is ${from.value}`;
  }
}

const GROUP_REFERENCES = {
  displayName: '',
  externalId: 'with the external ID ',
  id: 'with the ID ',
} as const;

/** Describes what a mapping gives its users. */
export function targetText(to: MappingTarget): string {
  switch (to.kind) {
    case 'userType':
      return `user type ${to.userType}`;
    case 'organization':
      return `role ${to.role} in ${to.organization}`;
    case 'administrator':
      return `${to.role} in the portal, ${to.license ? 'with' : 'without'} a license`;
    case 'noLicense':
      return 'no license';
  }
}
