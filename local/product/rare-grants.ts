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
    function: 'SweeperHandler',
    actions: ['sqs:SendMessage'],
    of: 'SweeperWorkQueueCE283C40.fifo',
    reason: 'A sweep that has no time left sends the rest of its work.',
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
    reason: 'An address arrives in the moment in which the outbox ends an email without an address.',
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
];
