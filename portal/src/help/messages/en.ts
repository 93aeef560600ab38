/** The texts of this folder in English. The help pages themselves are in English in each language. */
export const en = {
  help: 'Help',
  opensInANewTab: '(opens in a new tab)',
  helpDescription: 'Guides and references for the users and licenses of {{productName}}.',
  searchHelp: 'Search help',
  allHelpPages: 'All help pages',
  skipToContent: 'Skip to content',
  productNameHelp: '{{productName}}: help',
  signInToThePortal: 'Sign in to the portal',
  onThisPage: 'On this page',
  noSuchPage: 'There is no such help page',
  pageMayBeRenamed: 'The page may have been renamed',
  searchOrChoosePage: 'Search for it, or choose it from the list of all pages.',
  searchResults: 'Search results',
  noResults: 'No help page has these words. Try fewer or other words.',
  sections_one: '{{count}} section',
  sections_other: '{{count}} sections',
} as const;
