import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { grantsOf, isUsed } from '../../../../local/cloud/iam/grants';
import { compilePolicy } from '../../../../local/cloud/iam/statement';
import { normalizedKey, Usage, type Use } from '../../../../local/cloud/iam/usage';
import { JsonFile } from '../../../../local/host/json-file';

const D = '01a224ef-ca91-731c-b72b-4a952cf1ce72';
const ZERO = '00000000-0000-0000-0000-000000000000';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';

it.each([
  [`${D}#USER`, `${ZERO}#USER`],
  [`${D}#NAME#USER#jane@example.com`, `${ZERO}#NAME#USER#x`],
  [`LICENSEKEY#${'a1'.repeat(32)}`, 'LICENSEKEY#x'],
  ['DELETED-DOMAINS', 'DELETED-DOMAINS'],
])('the key %s is recorded as %s', (key, recorded) => {
  expect(normalizedKey(key)).toBe(recorded);
});

it('records each kind of request once, in a file that is complete at any time', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'usage-'));
  const file = new JsonFile<readonly Use[]>(path.join(directory, 'usage.json'));
  const usage = new Usage(file);
  const put = (...keys: string[]) =>
    usage.record('fn', {
      action: 'dynamodb:BatchWriteItem',
      resource: TABLE,
      context: { 'dynamodb:LeadingKeys': keys },
    });
  put(`${D}#USER`, `${D}#GROUP`);
  put(`${D.replace('01', '02')}#USER`);
  usage.record('fn', {
    action: 'apigateway:DELETE',
    resource: 'arn:aws:apigateway:us-east-1::/apikeys/0a1b2c3d4e',
  });
  const expected = [
    { function: 'fn', action: 'dynamodb:BatchWriteItem', resource: TABLE, key: `${ZERO}#USER` },
    { function: 'fn', action: 'dynamodb:BatchWriteItem', resource: TABLE, key: `${ZERO}#GROUP` },
    {
      function: 'fn',
      action: 'apigateway:DELETE',
      resource: 'arn:aws:apigateway:us-east-1::/apikeys/0000000000',
    },
  ];
  expect(file.read()).toEqual(expected);
  expect(new Usage(file).all()).toEqual(expected);
  rmSync(directory, { recursive: true });
});

describe('grants', () => {
  const statements = compilePolicy('Own', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Resource: TABLE,
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#USER', 'OUTBOX'] } },
      },
      { Effect: 'Allow', Action: 'ses:SendEmail', Resource: 'arn:aws:ses:us-east-1:000000000000:identity/*' },
      { Effect: 'Deny', Action: '*', Resource: '*' },
    ],
  });
  const unused = (...uses: Omit<Use, 'function'>[]) =>
    grantsOf('fn', statements)
      .filter(
        (grant) =>
          !isUsed(
            grant,
            uses.map((use) => ({ function: 'fn', ...use })),
          ),
      )
      .map(({ action, key }) => `${action} ${key ?? ''}`);

  it('are an action on a resource and a pattern of keys each', () => {
    expect(unused()).toEqual([
      'dynamodb:GetItem *#USER',
      'dynamodb:GetItem OUTBOX',
      'dynamodb:PutItem *#USER',
      'dynamodb:PutItem OUTBOX',
      'ses:SendEmail ',
    ]);
  });

  it('are used by a request that matches all three', () => {
    expect(
      unused(
        { action: 'dynamodb:GetItem', resource: TABLE, key: `${ZERO}#USER` },
        { action: 'dynamodb:PutItem', resource: TABLE, key: 'OUTBOX' },
        { action: 'dynamodb:PutItem', resource: `${TABLE}2`, key: `${ZERO}#USER` },
        { action: 'ses:SendEmail', resource: 'arn:aws:ses:us-east-1:000000000000:identity/example.com' },
      ),
    ).toEqual(['dynamodb:GetItem OUTBOX', 'dynamodb:PutItem *#USER']);
  });

  it('are not used by a refused request, or by another function', () => {
    const use = { action: 'dynamodb:GetItem', resource: TABLE, key: 'OUTBOX' };
    expect(unused({ ...use, refused: 'no' })).toHaveLength(5);
    const [, grant] = grantsOf('fn', statements);
    expect(grant && isUsed(grant, [{ ...use, function: 'other' }])).toBe(false);
  });
});
