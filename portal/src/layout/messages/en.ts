/** The texts of this folder in English. */
export const en = {
  dismiss: 'Dismiss',
  thisPageCannotBeShown: 'This page cannot be shown',
  bugPortalSavedChangesSafe:
    'This is a bug in the portal. Your saved changes are safe. Reload the page. If the error persists, tell the operator of the service which page it was.',
  reloadThePage: 'Reload the page',
  goToTheStartPage: 'Go to the start page',
  pageNotFound: 'Page not found',
  addressWrongPageNoLonger: 'The address may be wrong, or the page may no longer exist.',
  thePortalCannotStart: 'The portal cannot start',
  portalCouldNotReadSettings:
    'The portal could not read its settings, or your browser does not allow this site to store data. Check your connection and your browser settings, then reload the page. If the error persists, tell the operator of the service that <code>/config.json</code> cannot be read.',
  sameAsDevice: 'Same as device',
  light: 'Light',
  dark: 'Dark',
  skipToContent: 'Skip to content',
  productNameStartPage: '{{productName}}: start page',
  domainNameChooseAnotherDomain: '{{domainName}}: choose another domain',
  licenses: 'Licenses',
  signedIn: 'Signed in',
  accountUserName: 'Account: {{userName}}',
  account: 'Account',
  language: 'Language',
  theme: 'Theme',
  signOut: 'Sign out',
  keyboardShortcuts: 'Keyboard shortcuts',
} as const;
