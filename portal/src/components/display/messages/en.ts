/** The texts of this folder in English. */
export const en = {
  opensInANewTab: '(opens in a new tab)',
  tryAgain: 'Try again',
  askOwnerDomainOperatorService: 'Ask an owner of this domain or the operator of the service to do this.',
  deletedNotAccessGoBack:
    'It may have been deleted, or you may not have access to it. Go back and choose another one.',
  referenceRequestId: 'Reference: {{requestId}}',
  somethingWentWrongPage: 'Something went wrong on this page',
  reloadPageTryAgain: 'Reload the page, then try again.',
  theFirst: '{{results}} and more',
  loading: 'Loading',
} as const;
