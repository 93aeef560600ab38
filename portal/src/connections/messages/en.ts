/** The texts of this folder in English. */
export const en = {
  generateScimKey: 'Generate SCIM key',
  generateClientSecret: 'Generate client secret',
  rotateClientSecret: 'Rotate client secret',
  addWorkloadIdentityTrust: 'Add workload identity trust',
  theAssertionPassesAllChecks: 'The assertion passes all checks',
  tokenUrlIdentityProviderGets: 'At the token URL, your identity provider gets an access token for it.',
  theAssertionWouldBeRefused: 'The assertion would be refused',
  correctValuesTrustConfigurationIdentity:
    'Correct the values of the trust, or the configuration of your identity provider.',
  passed: 'Passed',
  failed: 'Failed',
  notChecked: 'Not checked',
  testAnAssertion: 'Test an assertion',
  showsChecksAssertionPassesTest:
    'Shows which checks an assertion passes. The test grants nothing, and the assertion can still be used.',
  assertion: 'Assertion',
  jsonWebTokenIdentityProvider:
    'The JSON Web Token that your identity provider sends as client_assertion. It is not stored.',
  testAssertion: 'Test assertion',
  allConnections: 'All connections',
  connection: 'Connection',
  findings: 'Findings',
  whatNeedsAttentionConnectionReadiness:
    'What needs attention in this connection. <page>Readiness</page> also lists the findings of the domain.',
  noFindings: 'No findings.',
  nameAndIdentityProvider: 'Name and identity provider',
  theConnectionWasSaved: 'The connection was saved.',
  name: 'Name',
  identityProvider: 'Identity provider',
  selectsGuideNamesValues: 'Selects the guide and the names of the values.',
  scimProvisioning: 'SCIM Provisioning',
  createdDay: 'created <day/>.',
  openTheGuide: 'Open the guide',
  openTheGuides: 'Guides of identity providers',
  valuesForYourIdentityProvider: 'Values for your identity provider',
  enterUrlScimKeyIdentity: 'Enter the URL and a SCIM key in your identity provider.',
  scimKeyEnterOnlyUrl:
    'With a SCIM key, enter only the URL and the key. Client secrets and assertions also need the other values.',
  metadataUrl: 'Metadata URL',
  activity: 'Activity',
  whatConnectionWhatChanged: 'What this connection did, and what was changed in it.',
  viewRequests: 'View requests',
  viewInAuditLog: 'View in audit log',
  scimIsDisabled: 'SCIM is disabled',
  enableScimFirst:
    'Enable SCIM under <page>SCIM Provisioning</page> first. Until then, every request is refused.',
  thisConnectionIsRevoked: 'This connection is revoked',
  allCredentialsRefusedCreateAnother:
    'All its credentials are refused. Create another connection to connect again.',
  connectionNoCredentialWorks: 'This connection has no credential that works',
  addCredentialEnterIdentityProvider: 'Add a credential and enter it in your identity provider.',
  noRequestsYet: 'No requests yet',
  statusChangesWithinMinuteFirst:
    'This status changes within a minute of the first request of this connection.',
  yourIdentityProviderIsConnected: 'Your identity provider is connected',
  lastRequestOfThisConnection: 'Last request of this connection: <time/>',
  addConnection: 'Add connection',
  connections: 'Connections',
  eachIdentityProviderOwnConnection:
    'Each identity provider has its own connection, with its own credentials, status, and findings.',
  noConnectionsYet: 'No connections yet',
  addConnectionIdentityProviderFollow:
    'Add a connection for your identity provider. Then follow the guide, which has the values of this domain filled in.',
  askOwnerDomainAddConnection: 'Ask an owner of this domain to add a connection.',
  connectionsNewestFirst: 'Connections, newest first',
  showRevokedConnections: 'Show revoked connections ({{number}})',
  revokedConnections: 'Revoked connections',
  revokedConnectionsNewestFirst: 'Revoked connections, newest first',
  credentials: 'Credentials',
  lastRequest: 'Last request',
  never: 'Never',
  status: 'Status',
  createConnection: 'Create connection',
  nameConnectionPortalAuditLog:
    'The name of the connection in this portal and in the audit log, such as “Okta”.',
  identityProviderAuthenticatesOneCredentials:
    'Your identity provider authenticates with one of these credentials. Each can be revoked separately.',
  noCredentialsYet: 'No credentials yet',
  addOneBelow: 'Add one below.',
  askOwnerDomainAddOne: 'Ask an owner of this domain to add one.',
  revokeTheConnectionName: 'Revoke the connection “{{name}}”?',
  revokeConnection: 'Revoke connection',
  theConnectionNameWasRevoked: 'The connection “{{name}}” was revoked.',
  allCredentialsAccessTokensRefused:
    'All its credentials and access tokens are refused immediately. You cannot undo this.',
  usersKeepTheirLicensesOther:
    'Users keep their licenses. Other connections of this domain are not affected.',
  endsAccessIdentityProviderRevokes:
    'Ends the access of this identity provider. Revokes all credentials of the connection.',
  administratorsFromRoles: 'Administrators from roles',
  mappingsMakePortalAdministratorsUsers:
    'Mappings can make portal administrators of users whom this connection provisions. An owner has to confirm it first.',
  withdraw: 'Withdraw',
  confirm: 'Confirm',
  confirmedOnBy: 'Confirmed on <day/> by {{name}}.',
  notConfirmedMappingsMakeNobody:
    'Not confirmed. Mappings make nobody an administrator through this connection.',
  letNameMakeAdministrators: 'Let “{{name}}” make administrators?',
  connectionNameMakeAdministrators: 'The connection “{{name}}” may make administrators.',
  whoeverAdministersIdentityProviderCredential:
    'Whoever administers this identity provider, or has a credential of this connection, can then make anybody an owner of the domain. The mappings of the domain say which groups and roles do.',
  administratorsGetInvitationTheyLose:
    'These administrators get an invitation. They lose the role with the group or role, or when you withdraw this.',
  withdrawTheConfirmationOfName: 'Withdraw the confirmation of “{{name}}”?',
  connectionNameMakesNoAdministrators: 'The connection “{{name}}” no longer makes administrators.',
  administratorsWhomMappingsMadeThrough:
    'Administrators whom mappings made through this connection lose this role immediately.',
  administratorsWhomInvitedKeepTheir: 'Administrators whom you invited keep their roles.',
  enterNewSecretIdentityProvider:
    'Enter the new secret in your identity provider, and wait for a request with it.',
  identityProviderStillHoldAccess:
    'Your identity provider may still hold an access token of the old secret. Revoke the old secret when it has not been used for six hours.',
  oldSecretNotUsedSix: 'The old secret has not been used for six hours. Revoke it to complete the rotation.',
  newClientSecretUse: 'The new client secret is in use',
  twoClientSecretsAreActive: 'Two client secrets are active',
  revokeOldSecret: 'Revoke old secret',
  lastRequestWithIt: 'Last request with it: <time/>.',
  lastRequestOldOne: 'Last request with the old one: <time/>.',
  issuer: 'Issuer',
  jwksUrl: 'JWKS URL',
  subject: 'Subject',
  audiences: 'Audiences',
  tenant: 'Tenant',
  created: 'Created',
  credentialId: 'Credential ID',
  howToReplaceCredential:
    'To replace a credential without an interruption, first add another one and enter it in your identity provider. Revoke the old one as soon as “Last used” shows that the new one is in use.',
} as const;
