/** The texts of this folder in English. */
export const en = {
  emailsAreResumed: 'Emails are sent again.',
  emails: 'Emails',
  paused: 'Paused',
  enabled: 'Enabled',
  emailsOverLimitWaitEach:
    'Emails over a limit wait. Each user gets one email with the current state of the license.',
  onlyOperatorServiceChangeSettings: 'Only the operator of the service can change these settings.',
  pauseEmails: 'Pause emails',
  emailsPerHour: 'Emails per hour',
  default: 'Default',
  minutesBetweenEmailsOneAddress: 'Minutes between emails to one address',
  pauseEmailsQuestion: 'Pause emails?',
  emailsArePaused: 'Emails are paused.',
  usersDomainGetNoLicense:
    'The users of this domain get no license keys and notices, and nobody is reminded of credentials that expire.',
  emailsWaitUntilResumeThem: 'The emails wait until you resume them.',
  limitsEmailsSaved: 'The email limits were saved.',
  maximumNumberEmailsDomainLeave: 'The maximum number of emails of this domain. Leave empty for the default.',
  zeroMeansNoLimit: '0 means no limit. Leave empty for the default.',
  emailsNotReachUser: 'Emails do not reach this user',
  userMarkedEmailSpam: 'This user marked an email as spam',
  emailCouldNotSent: 'The email could not be sent',
  keyEmailedAgain: '{{email}} can receive emails again. The license key is emailed to it within a minute.',
  allowEmailsAndResend: 'Allow emails and resend',
  serviceSendsNoEmailsAddress:
    'The service sends no emails to this address. Correct the address in your identity provider. If the address is correct and its mailbox works again, allow emails to it.',
  correctAddressIdentityProviderResend:
    'Correct the address in your identity provider. If the license is active, the email is then sent to the new address.',
  serviceSendsNoEmailsEditUser:
    'The service sends no emails to this address. Choose Edit, and correct the address. If the address is correct and its mailbox works again, allow emails to it.',
  editUserToCorrectAddress:
    'Choose Edit, and correct the address. If the license is active, the email is then sent to the new address.',
  addressCanReceiveEmailsAgain: '{{address}} can receive emails again.',
  emailProblems: 'Email problems',
  serviceSendsNoEmailsAddresses:
    'The service sends no emails to these addresses, because an email bounced or was marked as spam. Allow emails to an address when its mailbox works again.',
  noEmailProblems: 'No email problems',
  addressesAppearEmailBouncesMarked: 'Addresses appear here if an email bounces or is marked as spam.',
  suppressedAddresses: 'Suppressed addresses',
  showMoreAddresses: 'Show more addresses',
  address: 'Address',
  reason: 'Reason',
  bounced: 'Bounced',
  markedAsSpam: 'Marked as spam',
  since: 'Since',
  actions: 'Actions',
  allowEmailsToAddress: 'Allow emails to {{address}}',
  allowEmails: 'Allow emails',
  detail: 'Detail',
} as const;
