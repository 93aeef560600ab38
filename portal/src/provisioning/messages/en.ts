/** The texts of this folder in English. */
export const en = {
  disableScimQuestion: 'Disable SCIM?',
  disableScim: 'Disable SCIM',
  scimDisabledRequestsNowRefused: 'SCIM is disabled. Requests are now refused.',
  allRequestsIdentityProviderRefused:
    'All requests from your identity provider will be refused, and it will report errors.',
  usersLicensesNotChangeAll:
    'Users and licenses do not change, and all credentials stay valid. You can enable SCIM again at any time.',
  scimIsAvailable: 'SCIM is available.',
  scimAvailability: 'SCIM availability',
  available: 'Available',
  notAvailable: 'Not available',
  ownersDomainEnableDisableScim: 'The owners of this domain can enable and disable SCIM.',
  scimRequestsRefusedOwnersTold: 'SCIM requests are refused, and owners are told whom to contact.',
  makeScimAvailable: 'Make SCIM available',
  makeScimUnavailable: 'Make SCIM unavailable?',
  makeUnavailable: 'Make unavailable',
  scimNotAvailableRequestsNow: 'SCIM is not available. Requests are now refused.',
  allRequestsIdentityProviderDomain:
    'All requests from the identity provider of this domain will be refused.',
  usersLicensesCredentialsNotChange: 'Users, licenses, and credentials do not change.',
  theCollectionWasDownloaded: 'The collection was downloaded.',
  tryTheScimApi: 'Try the SCIM API',
  downloadEveryScimRequestExample:
    'Download every SCIM request with example responses, as a collection for the API client Bruno. The SCIM base URL is filled in. Use a SCIM key of a test domain: the requests create and delete users.',
  downloadCollection: 'Download collection',
  scimProvisioning: 'SCIM Provisioning',
  identityProviderSendsUsersDomain:
    'Your identity provider sends its users to this domain. Each active user gets a license.',
  scimIsEnabled: 'SCIM is enabled.',
  enabled: 'Enabled',
  disabled: 'Disabled',
  identityProviderCreateChangeDeactivate: 'Your identity provider can create, change, and deactivate users.',
  requestsIdentityProviderRefusedUsers:
    'Requests from your identity provider are refused. Users keep their licenses.',
  enableScim: 'Enable SCIM',
  scimBaseUrl: 'SCIM base URL',
  enterUrlIdentityProvider: 'Enter this URL in your identity provider.',
  scimNotAvailableDomain: 'SCIM is not available to this domain',
  allRequestsIdentityProviderRefusedUsers:
    'All requests from an identity provider are refused. Users keep their licenses.',
  customScimAppAppCatalog: 'A custom SCIM app, or an app from the catalog',
  enterpriseApplicationAutomaticProvisioning: 'An enterprise application with automatic provisioning',
  connectYourIdentityProvider: 'Connect your identity provider',
  followStepStepGuideValues: 'Follow a step-by-step guide with the values of this domain filled in.',
  guidesOfOtherProviders: 'Help pages for OneLogin, JumpCloud, Ping, Keycloak, and others',
  opensInANewTab: '(opens in a new tab)',
} as const;
