/** The texts of this folder in English. */
export const en = {
  askOperatorServiceMakeScim: 'Ask the operator of the service to make SCIM available to this domain.',
  signIn: 'Sign in',
  signPageCannotReached: 'The sign-in page cannot be reached',
  checkConnectionTryAgain: 'Check your connection, then try again.',
  noReasonWasGiven: 'No reason was given.',
  signingIn: 'Signing in',
  oneMoment: 'One moment…',
  youAreNotSignedIn: 'You are not signed in',
  theSignInFailed: 'The sign-in failed',
  tryAgainFailsAgainAsk:
    'Try again. If it fails again, ask the person who gave you access whether your account can use this portal.',
  signInAgain: 'Sign in again',
  seeLicenseConnectIdentityProvider:
    'See who has a license, connect your identity provider, and view the audit log.',
  yourSessionHasEnded: 'Your session has ended',
  signAgainReturnPage: 'Sign in again to return to this page.',
  productLicenses: '{{productName}} licenses',
} as const;
