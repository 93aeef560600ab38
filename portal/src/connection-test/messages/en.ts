/** The texts of this folder in English. */
export const en = {
  testThisConnection: 'Test this connection',
  sendsWhatIdentityProviderSends:
    'Sends what the identity provider sends: it creates, changes, and deletes two users and a group whose names end in @simulator.invalid. They get no license and no email. The test has a credential of its own, which ends after the test.',
  aboutConnectionTests: 'About connection tests',
  requestsToSimulate: 'Requests to simulate',
  stopTheTest: 'Stop the test',
  progressOfTheTest: 'Progress of the test',
  followAdviceEachFailedStep: 'Follow the advice at each failed step, and test again.',
  theTestWasStopped: 'The test was stopped',
  usersGroupDeleted: 'Its users and its group are deleted.',
  allStepsPassed: 'All steps passed',
  serviceAcceptsWhatIdentityProvider:
    'The service accepts what this identity provider sends. The test users and the group are deleted.',
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
  stepOf: 'Step {{step}} of {{steps}}',
  stepsFailed_one: 'A step failed',
  stepsFailed_other: '{{count}} steps failed',
  phaseTestConnection: 'Test connection',
  phaseMatch: 'Match',
  phaseCreate: 'Create',
  phaseUpdate: 'Update',
  phaseGroupPush: 'Group push',
  phaseDeactivate: 'Deactivate',
  phaseCleanup: 'Cleanup',
} as const;
