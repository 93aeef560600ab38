import type { Screen } from './screen';

const BASE_URL = 'https://scim.example.com/scim/v2';

/** The drawings of the guides, by the names of their files in `docs/images`. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  'okta-integration.svg': {
    path: 'Okta: your app → Provisioning → Integration → Edit',
    menu: ['Integration', 'To App', 'To Okta'],
    controls: [
      { kind: 'heading', text: 'SCIM Connection' },
      { kind: 'field', label: 'SCIM connector base URL', value: BASE_URL, note: 1 },
      { kind: 'field', label: 'Unique identifier field', value: 'userName', note: 2 },
      { kind: 'checkbox', label: 'Push New Users', isChecked: true, note: 3 },
      { kind: 'checkbox', label: 'Push Profile Updates', isChecked: true },
      { kind: 'checkbox', label: 'Push Groups', isChecked: true },
      { kind: 'field', label: 'Authentication Mode', value: 'HTTP Header', note: 4 },
      { kind: 'field', label: 'Authorization: Bearer', value: 'scim_…', note: 5 },
      { kind: 'button', label: 'Test Connector Configuration', note: 6 },
    ],
    notes: [
      'Copy the base URL from the page Connect Okta of the portal.',
      'Okta finds users by this attribute.',
      'Leave the two import actions off, unless you want to import users into Okta.',
      'Not basic authentication, and not OAuth.',
      'The SCIM key alone. The portal shows it once.',
      'Okta shows a check mark for each action. Then save.',
    ],
  },
  'okta-to-app.svg': {
    path: 'Okta: your app → Provisioning → To App → Edit',
    menu: ['To App', 'To Okta', 'Integration'],
    controls: [
      { kind: 'heading', text: 'Provisioning to App' },
      { kind: 'checkbox', label: 'Create Users', isChecked: true, note: 1 },
      { kind: 'checkbox', label: 'Update User Attributes', isChecked: true, note: 2 },
      { kind: 'checkbox', label: 'Deactivate Users', isChecked: true, note: 3 },
      { kind: 'checkbox', label: 'Sync Password', isChecked: false, note: 4 },
      { kind: 'button', label: 'Save' },
    ],
    notes: [
      'Assigned people get a license and an email with the key.',
      'Names, addresses, and license types follow the profile.',
      'The license of a person whom you unassign ends.',
      'The service discards passwords.',
    ],
  },
  'entra-id-connectivity.svg': {
    path: 'Entra ID: your application → Provisioning → Connectivity',
    menu: ['Connectivity', 'Mappings', 'Settings', 'Users and groups', 'Provisioning logs'],
    controls: [
      { kind: 'heading', text: 'Admin credentials' },
      { kind: 'field', label: 'Authentication method', value: 'OAuth2 client credentials grant', note: 1 },
      { kind: 'field', label: 'Tenant URL', value: 'https://scim.example.com/…?aadOptscim062020', note: 2 },
      {
        kind: 'field',
        label: 'Token endpoint',
        value: 'https://scim.example.com/scim/oauth2/token',
        note: 3,
      },
      { kind: 'field', label: 'Client identifier', value: '01990000-0000-7000-8000-000000000001', note: 3 },
      { kind: 'field', label: 'Client secret', value: '••••••••••••••••', note: 4 },
      { kind: 'button', label: 'Test connection', note: 5 },
    ],
    notes: [
      'The method that you have chosen. With a secret token, there are only the URL and the token.',
      'The base URL, and a flag that makes Entra ID follow the standard.',
      'Copy both from the connection in the portal.',
      'The portal shows it once.',
      'Entra ID reports that the credentials are authorized. Then save.',
    ],
  },
  'entra-id-mappings.svg': {
    path: 'Entra ID: your application → Provisioning → Mappings → Users',
    menu: ['Mappings', 'Connectivity', 'Settings', 'Users and groups', 'Provisioning logs'],
    controls: [
      { kind: 'row', cells: ['customappsso attribute', 'Microsoft Entra ID attribute'], isHead: true },
      { kind: 'row', cells: ['userName', 'userPrincipalName'], note: 1 },
      { kind: 'row', cells: ['emails[type eq "work"].value', 'userPrincipalName'], note: 2 },
      { kind: 'row', cells: ['active', 'Switch([IsSoftDeleted], …)'], note: 3 },
      { kind: 'row', cells: ['displayName', 'displayName'] },
      { kind: 'row', cells: ['name.givenName', 'givenName'] },
      { kind: 'row', cells: ['name.familyName', 'surname'] },
      { kind: 'row', cells: ['externalId', 'objectId'], note: 4 },
    ],
    notes: [
      'Matching precedence 1: Entra ID finds users by it.',
      'Change the source from mail. Users of the cloud often have no mail.',
      'Leave it as it is. It ends the licenses of people who leave.',
      'Change the source from mailNickname, which can change.',
    ],
  },
};
