import { rewriteProperties } from '../../../../local/cloud/template/rewrite';
import { resolveSecrets } from '../../../../local/services/secrets-manager/dynamic-references';
import { resource } from '../../resources';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Origin-abc123';
const text = (arn: string): string => {
  if (arn !== ARN) throw new Error(`There is no secret ${arn}.`);
  return 'the text';
};

const resolved = (value: unknown) =>
  rewriteProperties([resource('AWS::Test', 'T', { list: [{ value }] })], resolveSecrets(text))[0]?.properties;

describe('resolveSecrets', () => {
  it.each([
    [`{{resolve:secretsmanager:${ARN}:SecretString:::}}`, 'the text'],
    [`a {{resolve:secretsmanager:${ARN}:SecretString:::}} b`, 'a the text b'],
    ['{{resolve:ssm:/a/parameter}}', '{{resolve:ssm:/a/parameter}}'],
    [ARN, ARN],
    [5, 5],
  ])('turns %s into %s', (value, expected) => {
    expect(resolved(value)).toEqual({ list: [{ value: expected }] });
  });

  it('fails if a secret does not exist', () => {
    expect(() => resolved('{{resolve:secretsmanager:arn:other:SecretString:::}}')).toThrow('arn:other');
  });
});
