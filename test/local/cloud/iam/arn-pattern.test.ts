import { arnPattern } from '../../../../local/cloud/iam/arn-pattern';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';

it.each([
  ['*', TABLE, true],
  [TABLE, TABLE, true],
  [TABLE, `${TABLE}/index/byName`, false],
  [`${TABLE}/index/*`, `${TABLE}/index/byName`, true],
  [`${TABLE}/index/*`, TABLE, false],
  ['arn:aws:dynamodb:*:*:table/user?', TABLE, true],
  // A wildcard does not reach over the colons before the resource.
  ['arn:aws:dynamodb:*:table/users', TABLE, false],
  ['arn:aws:sqs:*:*:*', TABLE, false],
  // The resource itself may contain colons.
  ['arn:aws:logs:us-east-1:0:log-group:a:*', 'arn:aws:logs:us-east-1:0:log-group:a:log-stream:b', true],
  ['arn:aws:apigateway:us-east-1::/apikeys/*', 'arn:aws:apigateway:us-east-1::/apikeys', false],
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
])('%s matches %s: %s', (pattern, arn, matches) => {
  expect(arnPattern(pattern)(arn)).toBe(matches);
});
