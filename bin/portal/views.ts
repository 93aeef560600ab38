import type { Page } from 'playwright-core';
import type { ExampleData } from './example-data';
import {
  clickButton,
  clickLink,
  generateKey,
  chooseExpiryDay,
  closeWithoutKey,
  addConnectionWithSecret,
  rotateSecret,
  testAssertion,
  previewMappings,
  mapToOrganization,
  createSetupLink,
  openDeliveries,
  openReceiverValues,
  newSubscription,
  createSubscription,
  refuseSubscription,
  createFirstDomain,
  openShortcuts,
  checkFile,
  testConnection,
} from './view-actions';

/** A page or dialog of the portal. */
export interface View {
  readonly name: string;
  readonly path: string;
  /** An action on the page, such as opening a dialog. */
  readonly interact?: (page: Page) => Promise<void>;
}

/** Returns every page and dialog of a domain for its owner. The last ones create keys and connections. */
export function domainViews(example: ExampleData): View[] {
  const { domainId, groupId, userId, bouncedUserId, managedUserId, deletedUserId } = example;
  const domain = `/domains/${domainId}`;
  const okta = `/settings/scim/connections/${example.oktaConnectionId}`;
  const entra = `/settings/scim/connections/${example.entraConnectionId}`;
  const page = (name: string, path: string, interact?: View['interact']): View => ({
    name,
    path: domain + path,
    interact,
  });
  return [
    page('users', '/users'),
    page('no-search-results', '/users?search=nobody'),
    page('users-filtered', '/users?license=inactive'),
    page('no-filter-results', '/users?license=pending&search=nobody'),
    page('user-create', '/users', clickButton('Create user')),
    page('users-import', '/users/import'),
    page('users-import-checked', '/users/import', checkFile),
    page('user-managed', `/users/${managedUserId}`),
    page('user-edit', `/users/${managedUserId}`, clickButton('Edit')),
    page('user-delete', `/users/${managedUserId}`, clickButton('Delete')),
    page('shortcuts', '/users', openShortcuts),
    page('groups', '/groups'),
    page('no-group-results', '/groups?search=nobody'),
    page('group', `/groups/${groupId}`),
    page('group-unknown', '/groups/none'),
    page('user', `/users/${userId}`),
    page('user-resource', `/users/${userId}`, clickButton('Show the SCIM resource')),
    page('user-bounced', `/users/${bouncedUserId}`),
    page('replace-key', `/users/${userId}`, clickButton('Replace key')),
    page('deactivate', `/users/${userId}`, clickButton('Deactivate')),
    page('user-deleted', `/users/${deletedUserId}`),
    page('user-unknown', '/users/none'),
    page('audit-log', '/audit-log'),
    page('audit-event', `/audit-log?resource=${userId}`, clickLink('User updated')),
    page('audit-refused', '/audit-log?kind=request'),
    page('requests', '/requests'),
    page('request', '/requests?show=refused', clickButton(/^POST /)),
    page('scim-provisioning', '/settings/scim'),
    page('disable-scim', '/settings/scim', (at) => at.getByText('Enable SCIM').click()),
    page('connections-revoked', '/settings/scim', clickButton(/^Show revoked connections/)),
    page('add-connection', '/settings/scim', clickButton('Add connection')),
    page('connection-okta', okta),
    page('connection-entra-id', entra),
    page('connection-unknown', '/settings/scim/connections/none'),
    page('new-key', okta, clickButton('Generate SCIM key')),
    page('new-key-day', okta, chooseExpiryDay),
    page('revoke-key', okta, clickButton('Revoke Okta')),
    page('new-secret', entra, clickButton('Rotate client secret')),
    page('add-trust', entra, clickButton('Add workload identity trust')),
    page('trust', entra, clickButton(/^Details of/)),
    page('test-assertion', entra, testAssertion),
    page('revoke-connection', entra, clickButton('Revoke connection')),
    page('connect-okta', '/settings/okta'),
    page('connect-okta-new', '/settings/okta?connection=new'),
    page('connect-entra-id', '/settings/entra-id'),
    page('connect-entra-id-secret', '/settings/entra-id?method=client-secret'),
    page('connect-entra-id-token', '/settings/entra-id?method=scim-key'),
    page('domain', '/settings/domain'),
    page('mappings', '/settings/mappings'),
    page('mappings-changed', '/settings/mappings', clickButton('Move mapping 2 up')),
    page('mapping-preview', '/settings/mappings', previewMappings),
    page('add-mapping', '/settings/mappings?group=Engineering'),
    page('add-mapping-organization', '/settings/mappings', mapToOrganization),
    page('edit-mapping', '/settings/mappings', clickButton('Edit mapping 2')),
    page('add-organization', '/settings/mappings', clickButton('Add organization')),
    page('administrators', '/settings/administrators'),
    page('invite-administrator', '/settings/administrators', clickButton('Invite administrator')),
    page('change-role', '/settings/administrators', clickButton(/^Change role of/)),
    page('remove-administrator', '/settings/administrators', clickButton(/^Remove /)),
    page('setup-links', '/settings/setup-links'),
    page('create-setup-link', '/settings/setup-links', clickButton('Create setup link')),
    page('created-setup-link', '/settings/setup-links', createSetupLink),
    page('email-problems', '/settings/mail-problems'),
    page('events', '/settings/events'),
    page('events-deliveries', '/settings/events', openDeliveries),
    page('events-values', '/settings/events', openReceiverValues),
    page('add-subscription', '/settings/events', clickButton('Add subscription')),
    page('add-subscription-push', '/settings/events', newSubscription('Security events, pushed')),
    page('add-subscription-refused', '/settings/events', refuseSubscription),
    page('edit-subscription', '/settings/events', clickButton('Edit')),
    page('readiness', '/settings/readiness'),
    page('readiness-details', '/settings/readiness', clickButton('Details')),
    page('menu', '/users', clickButton(/^Account/)),
    { name: 'not-found', path: '/nowhere' },
    { name: 'help', path: '/help' },
    { name: 'help-page', path: '/help/connect' },
    { name: 'help-reference', path: '/help/api-reference' },
    { name: 'help-search', path: '/help?q=seat' },
    { name: 'help-unknown', path: '/help/nowhere' },
    page('connection-tested', entra, testConnection),
    page('generated-key', okta, generateKey),
    page('key-not-copied', okta, closeWithoutKey),
    page('generated-secret', '/settings/scim', addConnectionWithSecret),
    page('rotated-secret', '/settings/scim', rotateSecret),
    page('created-feed', '/settings/events', createSubscription('Security events, polled')),
  ];
}

/** Returns the additional pages of an operator: the list of domains, and a domain without users and keys. */
export function operatorViews({ domainId, emptyDomainId }: ExampleData): View[] {
  const settings = `/domains/${domainId}/settings/domain`;
  const empty = `/domains/${emptyDomainId}`;
  return [
    { name: 'domains', path: '/domains' },
    { name: 'first-run', path: '/first-run' },
    { name: 'first-run-domain', path: '/first-run', interact: createFirstDomain },
    { name: 'operators', path: '/operators' },
    { name: 'invite-operator', path: '/operators', interact: clickButton('Invite operator') },
    { name: 'create-domain', path: '/domains', interact: clickButton('Create domain') },
    { name: 'operator-domain', path: settings },
    { name: 'delete-domain', path: settings, interact: clickButton('Delete domain') },
    { name: 'users-none', path: `${empty}/users` },
    { name: 'groups-none', path: `${empty}/groups` },
    { name: 'mappings-none', path: `${empty}/settings/mappings` },
    { name: 'audit-none', path: `${empty}/audit-log?kind=request` },
    { name: 'requests-none', path: `${empty}/requests` },
    { name: 'scim-disabled', path: `${empty}/settings/scim` },
    { name: 'connect-disabled', path: `${empty}/settings/entra-id` },
    { name: 'administrators-none', path: `${empty}/settings/administrators` },
    { name: 'events-none', path: `${empty}/settings/events` },
    { name: 'email-problems-none', path: `${empty}/settings/mail-problems` },
  ];
}
