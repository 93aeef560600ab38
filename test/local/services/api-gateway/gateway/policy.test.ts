import { decide, PolicyDocument } from '../../../../../local/services/api-gateway/gateway/policy';

const ARN = 'arn:aws:execute-api:us-east-1:000000000000:abc/scim/GET/v2/Users';
const policy = (...statements: object[]) =>
  PolicyDocument.parse({ Version: '2012-10-17', Statement: statements });
const statement = (
  Effect: string,
  Resource: string | string[],
  Action: string | string[] = 'execute-api:Invoke',
) => ({
  Effect,
  Action,
  Resource,
});

describe('decide', () => {
  it.each([
    ['the method itself', ARN],
    ['the whole stage', 'arn:aws:execute-api:us-east-1:000000000000:abc/scim/*'],
    ['everything', '*'],
    ['one of several', ['arn:other', 'arn:aws:execute-api:*:*:abc/*/GET/*']],
    ['single characters', ARN.replace('Users', 'User?')],
  ])('allows %s', (_, resource) => {
    expect(decide(policy(statement('Allow', resource)), ARN)).toBe('allow');
  });

  it('compares actions in any case, and with wildcards', () => {
    expect(decide(policy(statement('Allow', '*', 'Execute-API:*')), ARN)).toBe('allow');
    expect(decide(policy(statement('Allow', '*', ['dynamodb:*'])), ARN)).toBe('implicit-deny');
  });

  it('lets a deny override any allow', () => {
    expect(decide(policy(statement('Allow', '*'), statement('Deny', '*/v2/Users')), ARN)).toBe(
      'explicit-deny',
    );
  });

  it('denies what no statement allows', () => {
    expect(decide(policy(statement('Allow', ARN.replace('GET', 'POST'))), ARN)).toBe('implicit-deny');
    expect(decide(policy(), ARN)).toBe('implicit-deny');
  });

  it('does not treat dots and pluses in a resource as a pattern', () => {
    expect(decide(policy(statement('Allow', ARN.replace('/v2/', '/v.*'))), ARN)).toBe('implicit-deny');
  });

  it('accepts a single statement that is not in a list', () => {
    expect(decide(PolicyDocument.parse({ Statement: statement('Allow', '*') }), ARN)).toBe('allow');
  });
});
