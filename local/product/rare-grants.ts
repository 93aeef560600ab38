/** Grants that a test run may not use, with the reason why their functions have them. */
export interface RareGrant {
  /** A part of the function's name; all functions if it is omitted. */
  readonly function?: string;
  readonly actions: readonly string[];
  /** The end of the pattern of partition keys, or of the ARN if there is none; all if it is omitted. */
  readonly of?: string;
  readonly reason: string;
}

export const RARE_GRANTS: readonly RareGrant[] = [
  {
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    reason: 'CDK grants them together with sqs:SendMessage to a failure destination.',
  },
  {
    actions: ['sqs:ChangeMessageVisibility'],
    reason: 'CDK grants it together with sqs:ReceiveMessage to a function that a queue invokes.',
  },
  {
    function: 'TokenHandler',
    actions: ['dynamodb:UpdateItem'],
    of: 'DOMAIN#????????-????-????-????-????????????',
    reason:
      'The first use of a client secret after a rotation of the pepper. A test rotates it in a system of its own.',
  },
  {
    function: 'SweeperHandler',
    actions: ['sqs:SendMessage'],
    of: 'SweeperWorkQueueCE283C40.fifo',
    reason: 'A sweep that has no time left sends the rest of its work.',
  },
  {
    function: 'EventFeedHandler',
    actions: ['sqs:SendMessage'],
    of: 'EventFeedWorkQueueBEEA4D75.fifo',
    reason:
      'Every function of a work queue may send the rest of its work. Events are one transaction, without a rest.',
  },
  {
    actions: ['sqs:SendMessage'],
    of: 'WebhooksSlow2785BD39',
    reason: 'Events arrive, or an administrator retries, while the endpoint of the webhook is slow.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:UpdateItem'],
    of: 'ADMINISTRATOR-TASKS',
    reason: 'The invitation of an administrator from a mapping fails, and is tried again later.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:UpdateItem'],
    of: 'DELETED-DOMAINS',
    reason:
      'A repair lets the sweep find what a deleted domain has left behind. Only a verification of all domains does.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:DeleteItem'],
    of: 'WEBHOOKS-PARKED',
    reason: 'A repair removes a webhook that waits without a subscription, before the schedule does.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:ConditionCheckItem'],
    of: 'DEPLOYMENT#ADMINISTRATORS',
    reason: 'Only a verification of all domains repairs the roles of operators.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:ConditionCheckItem'],
    of: 'DEPLOYMENT#SUBSCRIPTIONS',
    reason: 'Only a verification of all domains repairs what belongs to subscriptions of the deployment.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:PutItem'],
    of: '#EMAIL',
    reason: 'A repair lets a user with more than 20 addresses be found by them.',
  },
  {
    function: 'ScimAdmin-UsersHandler',
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    of: '#HEAD#*',
    reason: 'An administrator deletes a user while other requests change the members of a group of the user.',
  },
  {
    function: 'ScimAdmin-UsersHandler',
    actions: ['dynamodb:PutItem'],
    of: '#COUNTS',
    reason: 'A user changes in a domain whose counts an earlier version has written.',
  },
  {
    function: 'ScimAdmin-UsersHandler',
    actions: ['dynamodb:UpdateItem'],
    of: 'DOMAIN#????????-????-????-????-????????????',
    reason: 'A user changes in a domain whose counts an earlier version has written.',
  },
  {
    function: 'ScimAdmin-UsersHandler',
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    of: '#EMAIL',
    reason: 'An administrator changes or deletes a user with more than 20 addresses.',
  },
  {
    function: 'MailOutboxHandler',
    actions: ['sqs:SendMessage'],
    of: 'MailOutboxRequests013A8032',
    reason: 'A run of the outbox that has no time left starts the next one.',
  },
  {
    function: 'PromoterHandler',
    actions: ['sqs:SendMessage'],
    of: 'PromoterWorkQueue9ECEB379.fifo',
    reason: 'Promotions that have no time left continue with another message.',
  },
  {
    actions: ['dynamodb:ConditionCheckItem'],
    of: '#COUNTS',
    reason: 'A function reads the counts in the moment in which another one creates their shards.',
  },
  {
    function: 'LicenseCheckAuthorizer',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: 'The function logs only what it throws, and it throws nothing.',
  },
  {
    function: 'MailOutboxHandler',
    actions: ['dynamodb:PutItem'],
    of: '#MAIL',
    reason: 'The outbox stores an email again that an earlier version let expire while it waited.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['dynamodb:PutItem'],
    of: '#MAIL',
    reason: 'A redrive replays license changes that license-changes has abandoned.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['sqs:DeleteMessage'],
    of: 'LicenseChangesFailuresCC5AEFCE',
    reason: 'A redrive replays license changes that license-changes has abandoned.',
  },
  {
    function: 'ScimAdmin-FunctionHandler',
    actions: ['apigateway:GET'],
    of: '/apikeys/*',
    reason: 'Another request deletes a key in the moment in which this one does.',
  },
  {
    function: 'KeyRemindersHandler',
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    of: 'KEY-CHECK',
    reason: 'A run that has no time left stores where the next one continues.',
  },
  {
    function: 'SweeperHandler',
    actions: ['dynamodb:BatchGetItem'],
    of: '#USER',
    reason: 'A user changes in the moment in which the sweep indexes its addresses.',
  },
  {
    function: 'Bulk',
    actions: ['dynamodb:PutItem'],
    of: '#HEAD#*',
    reason: 'Another request changes the members of a group in the moment in which a bulk request does.',
  },
  {
    function: 'MappingsHandler',
    actions: ['sqs:SendMessage'],
    of: 'MappingsWorkQueueFCB83ECD.fifo',
    reason: 'An evaluation that has no time left continues with another message.',
  },
  {
    function: 'MappingsHandler',
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    of: 'ADMINISTRATOR#*',
    reason: 'A mapping changes the role of an administrator who has signed in.',
  },
  {
    function: 'MappingsHandler',
    actions: ['dynamodb:UpdateItem'],
    of: '#MAPPED-ADMINISTRATORS',
    reason: 'Another mapping gives an administrator another role.',
  },
  {
    function: 'MappingsHandler',
    actions: ['dynamodb:Query'],
    of: 'DOMAIN#????????-????-????-????-????????????',
    reason: 'An earlier version did not store which connection changed a user.',
  },
  {
    function: 'MappingsHandler',
    actions: ['dynamodb:PutItem'],
    of: '#COUNTS',
    reason: 'A license changes in a domain whose counts an earlier version has written.',
  },
  {
    function: 'MappingsHandler',
    actions: ['dynamodb:UpdateItem'],
    of: 'DOMAIN#????????-????-????-????-????????????',
    reason: 'A license changes in a domain whose counts an earlier version has written.',
  },
];
