/** The texts of this folder in English. */
export const en = {
  serviceUnreachable: 'The service cannot be reached',
  checkConnection: 'Check your connection, then try again. If you made a change, check whether it was saved.',
  serviceError: 'The service returned an error',
  tryAgainLater: 'Try again in a minute. If the error persists, contact the operator of the service.',
} as const;
