/** The texts of this folder in English. */
export const en = {
  connectEntraId: 'Connect Entra ID',
  needApplicationAdministratorRoleMicrosoft:
    'You need the Application Administrator role in Microsoft Entra ID. Steps 1 to 3 connect it, and steps 4 to 6 start provisioning.',
  domainStandardRatePlan: 'This domain has the Standard rate plan',
  entraIdSendsMoreRequests:
    'Entra ID sends more requests than this plan allows, so provisioning is slow. Ask the operator of the service for the Gallery plan before you provision more than a few users.',
  howEntraIdAuthenticates: 'How Entra ID authenticates',
  mappingTableAndTroubleshooting: 'Mapping table and troubleshooting',
  connectOkta: 'Connect Okta',
  needAppAdministratorOktaSetup:
    'You need to be an app administrator in Okta. The setup takes about ten minutes.',
  licenseTypesAndTroubleshooting: 'License types and troubleshooting',
  createTheConnectionAboveFirst: 'Create the connection above first.',
  entraIdChooseAuthenticationMethod: 'In Entra ID, choose the authentication method',
  goEnterpriseApplicationsNewApplication:
    'Go to <b>Enterprise applications → New application → Create your own application</b>, and choose “Integrate any other application you don’t find in the gallery”.',
  chooseSelectWorkloadIdentityRegister:
    'Choose <b>Select workload identity → Register</b>. Entra ID shows a token issuer, a JWKS URI, a subject, and an audience. Keep this page open.',
  hereTrustTheWorkloadIdentity: 'Here, trust the workload identity',
  pasteValuesEntraIdInto:
    'Paste the values from Entra ID into a trust. If you are not sure which audience Entra ID sends, enter both forms: the application ID, and api:// followed by it.',
  hereGenerateAClientSecret: 'Here, generate a client secret',
  pageShowsSecretOnceTogether:
    'The page shows the secret once, together with the other values. Paste all of them in Entra ID before you close the dialog. Each value has the name of the field that it belongs in.',
  hereGenerateAScimKey: 'Here, generate a SCIM key',
  pageShowsKeyOnceTogether:
    'The page shows the key once, together with the tenant URL. Paste both in Entra ID before you close the dialog: the key is the secret token.',
  entraIdPasteValuesTest: 'In Entra ID, paste the values and test the connection',
  clientIdentifierBelongsConnectionCreate:
    'The client identifier belongs to the connection. Create it above first.',
  clientSecretOneGeneratedAbove: 'The client secret is the one that you have generated above.',
  secretTokenScimKeyGenerated: 'The secret token is the SCIM key that you have generated above.',
  workloadIdentity: 'Workload identity',
  entraIdSignsAssertionNo: 'Entra ID signs an assertion. No secret exists, so none expires or leaks.',
  clientCredentials: 'Client credentials',
  clientIdClientSecretRenew: 'A client ID and a client secret, which you renew every one to three years.',
  secretToken: 'Secret token',
  scimKeyEntraIdAccepts:
    'A SCIM key. Entra ID accepts it only for applications that are not from its gallery.',
  workloadIdentityBasedAuthentication: 'Workload identity-based authentication',
  oAuth2ClientCredentialsGrant: 'OAuth2 client credentials grant',
  bearerAuthentication: 'Bearer authentication',
  attributeOfTheApplication: 'Attribute of the application',
  microsoftEntraIdAttribute: 'Microsoft Entra ID attribute',
  entraIdCheckMappings: 'In Entra ID, check the mappings',
  underMappingsProvisionMicrosoftEntra:
    'Under <b>Mappings → Provision Microsoft Entra ID Users</b>, make sure that there are these six mappings. Delete the others, unless you need them.',
  mappingsOfUsers: 'Mappings of users',
  mapUserPrincipalNameNotMailWork:
    'Map <b>userPrincipalName</b>, not <b>mail</b>, to the work email address: users who exist only in the cloud have no <b>mail</b>. The license key is sent to this address, so it must receive email.',
  mappingActiveEndsLicensesKeep:
    'The mapping of <b>active</b> ends licenses. If you keep <b>externalId</b>, map <b>objectId</b> to it, because the value of the default source can change.',
  entraIdChooseUsers: 'In Entra ID, choose the users',
  underSettingsScopeChooseSync:
    'Under <b>Settings → Scope</b>, choose “Sync only assigned users and groups”. Then assign users and groups under <b>Users and groups</b>. Begin with one user, for example yourself: each user gets a license and an email with the license key.',
  entraIdTestOneUser: 'In Entra ID, test one user, then start',
  provisionDemandShowsEachStep:
    '<b>Provision on demand</b> shows each step for one user. If all steps succeed, choose <b>Start provisioning</b>. A provisioning cycle starts every 20 to 40 minutes.',
  connection: 'Connection',
  guideShowsValuesStatusConnection: 'This guide shows the values and the status of this connection.',
  createConnectionFirstOwnCredentials: 'Create a connection first. It has its own credentials and status.',
  viewTheConnection: 'View the connection',
  askOwnerDomainCreateConnection: 'Ask an owner of this domain to create a connection.',
  newConnection: 'New connection',
  name: 'Name',
  createConnection: 'Create connection',
  inOktaCreateTheApp: 'In Okta, create the app',
  goApplicationsCreateAppIntegration:
    'Go to <b>Applications → Create App Integration</b>. Choose <b>SWA</b>, or SAML 2.0 if the app has single sign-on. As the login page URL of SWA, enter any page, such as the website of the product: provisioning does not use it. The application username format <b>Email</b> works for most organizations.',
  inOktaTurnOnProvisioning: 'In Okta, turn on provisioning',
  goGeneralAppSettingsEdit:
    'Go to <b>General → App Settings → Edit</b>. Choose <b>SCIM</b> for provisioning, and save. The <b>Provisioning</b> tab appears.',
  oktaEnterValuesConnection: 'In Okta, enter the values of the connection',
  goProvisioningIntegrationEditEnter:
    'Go to <b>Provisioning → Integration → Edit</b>, and enter these values.',
  uniqueIdentifierFieldForUsers: 'Unique identifier field for users',
  identifierField: 'identifier field',
  supportedProvisioningActions: 'Supported provisioning actions',
  pushNewUsersPushProfile: 'Push New Users, Push Profile Updates, Push Groups',
  authenticationMode: 'Authentication Mode',
  httpHeader: 'HTTP Header',
  authorizationBearer: 'Authorization (Bearer)',
  scimKeyNextStepOkta: 'The SCIM key of the next step. Okta adds “Bearer” itself.',
  pageShowsKeyOnceCopy:
    'This page shows the key once. Copy it, and paste it into <b>Authorization (Bearer)</b> in Okta.',
  inOktaTestAndSave: 'In Okta, test and save',
  chooseTestConnectorConfigurationOkta:
    'Choose <b>Test Connector Configuration</b>. Okta shows a check mark for each action that you selected. Then save. If Okta reports the error 401, the key is not complete: paste it again.',
  inOktaChooseTheActions: 'In Okta, choose the actions',
  goProvisioningAppEditEnable:
    'Go to <b>Provisioning → To App → Edit</b>. Enable <b>Create Users</b>, <b>Update User Attributes</b>, and <b>Deactivate Users</b>. Do not enable Sync Password.',
  oktaAssignFirstUser: 'In Okta, assign a first user',
  assignOneUserUnderAssignments:
    'Assign one user under <b>Assignments</b>, for example yourself. Each assigned user gets a license and an email with the license key. Under <b>Push Groups</b>, you can push groups.',
  'askOwner.scim-key': 'Ask an owner of this domain to add a SCIM key.',
  'askOwner.client-secret': 'Ask an owner of this domain to add a client secret.',
  'askOwner.trust': 'Ask an owner of this domain to add a workload identity trust.',
  'active.scim-key_one':
    'This connection has {{count}} active SCIM key. If you have lost it, revoke it, and generate another one.',
  'active.scim-key_other':
    'This connection has {{count}} active SCIM keys. If you have lost one, revoke it, and generate another one.',
  'active.client-secret_one':
    'This connection has {{count}} active client secret. If you have lost it, revoke it, and generate another one.',
  'active.client-secret_other':
    'This connection has {{count}} active client secrets. If you have lost one, revoke it, and generate another one.',
  'active.trust_one':
    'This connection has {{count}} active workload identity trust. If its values are no longer correct, revoke it, and add another one.',
  'active.trust_other':
    'This connection has {{count}} active workload identity trusts. If the values of one are no longer correct, revoke it, and add another one.',
  chooseMethod:
    'Under <b>Provisioning → New configuration</b>, select the authentication method <b>{{method}}</b>. Older versions of the page have the mode <b>Automatic</b> instead, with a secret token only.',
  testAndSave:
    'Choose <b>Test connection</b>, then save. This page shows the first request within a minute. If the test fails, paste the values again.',
  testSaveAndActivate:
    'Choose <b>Test connection</b>, then save and activate. This page shows the first request within a minute. If the test fails, paste the values again.',
  hereCheckTheStatus: 'Here, check the status',
  stepShowsFirstRequest: 'This step shows the first request of your identity provider within a minute.',
  lastRequestTime: 'Last request: <time/>',
} as const;
