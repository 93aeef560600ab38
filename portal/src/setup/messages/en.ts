/** The texts of this folder in English. */
export const en = {
  invitationSentEmail: 'The invitation was sent to {{email}}',
  followEmailSignAccountStays:
    'Follow the link in the email to sign in. The account stays when this setup link expires.',
  inviteMeToAnAccount: 'Invite me to an account',
  needAppAdministratorOktaConnect:
    'You need to be an app administrator in Okta. You can connect a second identity provider afterward.',
  needApplicationAdministratorRoleMicrosoft:
    'You need the Application Administrator role in Microsoft Entra ID. You can connect a second identity provider afterward.',
  mustSupportScim20: 'It must support SCIM 2.0. You can connect a second identity provider afterward.',
  identityProvider: 'Identity provider',
  connectionBelongsOneIdentityProvider:
    'A connection belongs to one identity provider. It has its own credentials and status. You can keep the name.',
  connection: 'Connection',
  newConnection: 'New connection',
  revokeConnection: 'Revoke connection',
  offerAnAccountAsOwner: 'Offer an account as owner',
  offerAnAccountAsViewer: 'Offer an account as viewer',
  doNotOfferAnAccount: 'Do not offer an account',
  createSetupLink: 'Create setup link',
  createLink: 'Create link',
  emailAddress: 'Email address',
  personSetsUpIdentityProvider:
    'The person who sets up the identity provider. A one-time code is emailed to this address when the link is opened.',
  atTheEnd: 'At the end',
  accountLetsPersonReturnAfter: 'An account lets the person return after the link has expired.',
  mailSubject: 'Set up provisioning to {{productName}}',
  mailBody:
    'With this link, you can connect your identity provider to {{productName}}:\n\n{{url}}\n\nOpen it in the browser in which you want to do the setup.',
  yourSetupLink: 'Your setup link',
  sendTheLinkNow: 'Send the link now',
  notShownAgainLoseRevoke: 'It will not be shown again. If you lose it, revoke it and create a new one.',
  setupLinkForEmail: 'Setup link for {{email}}',
  setupLink: 'setup link',
  linkWorksFirstBrowserOpens: 'The link works in the first browser that opens it, until <day/>.',
  writeEmailLink: 'Write an email with the link',
  done: 'Done',
  stateDone: 'done',
  stateFailed: 'failed',
  stateWaiting: 'waiting',
  chooseHowEntraIdAuthenticates: 'Choose how Entra ID authenticates',
  provisioningEntraIdSlowStandard: 'Provisioning with Entra ID is slow on the Standard rate plan',
  askPersonSentLinkGallery:
    'Ask the person who sent you the link for the Gallery plan before you provision more than a few users.',
  howEntraIdAuthenticates: 'How Entra ID authenticates',
  mappingTableAndTroubleshooting: 'Mapping table and troubleshooting',
  connectionTestFailsTestAssertion: 'If the connection test fails, test an assertion',
  setUpProvisioning: 'Set up provisioning',
  invitedConnectIdentityProviderProductName:
    'You were invited to connect your identity provider to {{productName}}, so that your users get their licenses automatically. It takes about 15 minutes. To make sure that it is you, we email a code to the address that was invited.',
  emailMeACode: 'Email me a code',
  continueBrowserWantSetupLink:
    'Continue in the browser in which you want to do the setup: the link then works only there.',
  codeSent: 'The code was sent to {{sentTo}}',
  works10MinutesNotArrive: 'It works for 10 minutes. If it does not arrive, look in the spam folder.',
  codeFromTheEmail: 'Code from the email',
  continue: 'Continue',
  sendAnotherCode: 'Send another code',
  identityProviderEnterValuesConnection: 'At your identity provider, enter the values of the connection',
  enterValuesWhereIdentityProvider:
    'Enter these values where your identity provider configures SCIM 2.0 provisioning.',
  authentication: 'Authentication',
  bearerTokenScimKeyNext: 'Bearer token: the SCIM key of the next step.',
  uniqueIdentifierOfUsers: 'Unique identifier of users',
  mediaType: 'Media type',
  expectedResultsAndTroubleshooting: 'Expected results and troubleshooting',
  guidesOfIdentityProviders: 'Guides of identity providers',
  scimApi: 'SCIM API',
  hereGenerateAScimKey: 'Here, generate a SCIM key',
  pageShowsKeyOnceCopy:
    'This page shows the key once. Copy it, and paste it as the bearer token at your identity provider.',
  identityProviderTestConnectionAssign:
    'At your identity provider, test the connection and assign a first user',
  testReportsError401Key:
    'If the test reports the error 401, the key is not complete: paste it again. Then assign one user, for example yourself. Each user gets a license and an email with the license key.',
  listUpdatesItselfEveryFew: 'This list updates itself every few seconds.',
  showsRequestsConnectionName: 'It shows the requests of the connection {{name}}.',
  firstRequest: 'First request',
  identityProviderConnectedLastRequest: 'Your identity provider is connected. Last request: <time/>',
  waitingIdentityProviderSendsRequest:
    'Waiting for your identity provider. It sends a request when you test the connection. A request with a wrong or incomplete key does not appear here.',
  refusedRequest: 'Refused: {{request}} ({{status}})',
  noReasonWasGiven: 'No reason was given.',
  firstUser: 'First user',
  waitingUserAssignOneIdentity: 'Waiting for a user. Assign one at your identity provider.',
  firstEmail: 'First email',
  licenseKeyEmailedFirstUser: 'The license key was emailed to the first user <time/>.',
  waitingEachActiveUserGets: 'Waiting. Each active user gets an email with a license key.',
  firstUserNoEmailAddress:
    'The first user has no email address. Map the attribute emails at your identity provider, and send the user again.',
  emailCouldNotSentTell: 'The email could not be sent. Tell the person who sent you the link.',
  earlierEmailAddressBouncedCorrect:
    'An earlier email to the address bounced. Correct the address at your identity provider.',
  emailBouncedCorrectAddressIdentity: 'The email bounced. Correct the address at your identity provider.',
  scimDisabledDomain: 'SCIM is disabled for this domain',
  allRequestsIdentityProviderRefused:
    'All requests of your identity provider are refused. Ask the person who sent you the link to enable SCIM. You can prepare everything else.',
  chooseYourIdentityProvider: 'Choose your identity provider',
  createTheConnection: 'Create the connection',
  optionalTestTheService: 'Optional: test the service',
  createTheConnectionFirst: 'Create the connection above first.',
  sendsTestUsersWithoutProvider:
    'The test sends what your identity provider sends, without it. It creates, changes, and deletes two users and a group whose names end in @simulator.invalid. They get no license and no email.',
  watchTheFirstUserArrive: 'Watch the first user arrive',
  finish: 'Finish',
  provisioningWorks: 'Provisioning works',
  assignOtherUsersIdentityProvider:
    'Assign the other users at your identity provider. There is nothing else to do here.',
  whenFirstUserFirstEmail:
    'When the first user and the first email are there, you are done. Then assign the other users at your identity provider.',
  setupLinks: 'Setup links',
  letSomebodyWithoutAccountConnect:
    'Let somebody without an account connect the identity provider, for example your IT administrator.',
  linkShowsSetupConnectionsDomain:
    'A link shows the setup and the connections of this domain, but no users and no audit log.',
  noSetupLinks: 'No setup links',
  createLinkSendPersonSets: 'Create a link, and send it to the person who sets up the identity provider.',
  askOwnerDomainCreateLink: 'Ask an owner of this domain to create a link.',
  setupLinksNewestFirst: 'Setup links, newest first',
  notOpened: 'Not opened',
  open: 'Open',
  expired: 'Expired',
  revoked: 'Revoked',
  for: 'For',
  created: 'Created',
  opened: 'Opened',
  never: 'Never',
  expires: 'Expires',
  status: 'Status',
  actions: 'Actions',
  revokeTheLinkForEmail: 'Revoke the link for {{email}}',
  revoke: 'Revoke',
  revokeTheLinkForEmail2: 'Revoke the link for {{email}}?',
  revokeLink: 'Revoke link',
  theSetupLinkWasRevoked: 'The setup link was revoked.',
  linkStopsWorkingImmediatelyAlso:
    'The link stops working immediately, also in the browser in which it is open. You cannot undo this.',
  scimKeysCreatedLinkStay: 'Credentials that were created with the link stay valid.',
  thisLinkIsNotComplete: 'This link is not complete',
  openCompleteLinkMessageReceived:
    'Open the complete link from the message that you received, or ask its sender for a new one.',
  thisLinkHasEnded: 'This link has ended',
  expiredRevokedWhatSetUp:
    'It has expired or was revoked. What you have set up stays. Ask its sender for a new link.',
  openTheCompleteLink: 'Open the complete link',
  browserNotOpenedLinkNo:
    'This browser has not opened the link, or no longer knows that it did. Open the complete link from the message that you received. If it was opened before, ask its sender for a new one.',
  somethingWentWrongPageReload: 'Something went wrong on this page. Reload it, then try again.',
  thatDidNotWork: 'That did not work',
  skipToContent: 'Skip to content',
  connect: 'Connect your identity provider.',
  connectTo: 'Connect your identity provider to {{name}}.',
  takesAbout15Minutes:
    'It takes about 15 minutes. You can close this page and come back with the same link, in this browser, until <day/>.',
  domainUsers_one: 'The domain has {{count}} user.',
  domainUsers_other: 'The domain has {{count}} users.',
  'accountOffer.owner':
    'This link expires. With an account of your own, you can view and change this domain at any time.',
  'accountOffer.viewer':
    'This link expires. With an account of your own, you can view this domain at any time.',
} as const;
