/** The texts of this folder in English. */
export const en = {
  firstSteps: 'First steps',
  emptyDeploymentFirstUserFirst:
    'From an empty deployment to the first user of your first customer. You can repeat every step.',
  checkTheDeployment: 'Check the deployment',
  createDomainCustomer: 'Create a domain for the customer',
  theDomainNameExists: 'The domain {{name}} exists',
  openTheDomain: 'Open the domain',
  inviteTheOwner: 'Invite the owner',
  createTheDomainFirst: 'Create the domain first.',
  sendASetupLink: 'Send a setup link',
  checkAgain: 'Check again',
  name: 'Name',
  nameOrganizationPortalShows: 'The name of the organization, as the portal shows it.',
  ratePlan: 'Rate plan',
  limitsRequestsIdentityProviderChoose:
    'Limits the requests of the identity provider. Choose Gallery for Microsoft Entra ID.',
  createDomain: 'Create domain',
  administratorCustomerConnectsIdentityProvider:
    'The IT administrator of the customer connects the identity provider with a setup link, and needs no account.',
  seeProgressPagesDomain: 'You see the progress on the pages of the domain.',
  createSetupLink: 'Create setup link',
  domainHasOwner: 'The domain has an owner: {{name}}',
  emailWasInvitedAsOwner: '{{email}} was invited as owner',
  inviteMoreAdministratorsPageAdministrators:
    'Invite more administrators on the page Administrators of the domain.',
  emailOfTheOwner: 'Email of the owner',
  personGetsEmailAdministersDomain:
    'The person gets an email, administers the domain, and is notified about it. You can also do this later.',
  inviteOwner: 'Invite owner',
} as const;
