import policy from '../../../docs/bootstrap-policy.json';
import { ALL_SETTINGS } from '../settings/all-settings';
import { synthesize } from '../synthesize';

/** IAM's name of a service, if CloudFormation has another one. */
const IAM_NAMES: Readonly<Record<string, string>> = { Cognito: 'cognito-idp', EventSchemas: 'schemas' };

/** Services whose permissions are limited to some resources. */
const LIMITED = ['iam', 'ssm'];

const serviceOf = (type: string): string => {
  const [, service = ''] = type.split('::');
  return IAM_NAMES[service] ?? service.toLowerCase();
};

const templates = Object.values(synthesize(ALL_SETTINGS));
const used = new Set(
  templates
    .flatMap((template) =>
      Object.values((template.toJSON() as { Resources: Record<string, { Type: string }> }).Resources),
    )
    .map(({ Type }) => Type)
    .filter((type) => type.startsWith('AWS::') && type !== 'AWS::CDK::Metadata')
    .map(serviceOf),
);

it('docs/bootstrap-policy.json allows the services of the templates with every setting, and no others', () => {
  const [services] = policy.Statement.filter(({ Sid }) => Sid === 'Services');
  const allowed = [services?.Action ?? []].flat().map((action) => action.split(':')[0] ?? '');
  // AWS Backup uses a second name for the storage of vaults.
  expect([...allowed.filter((name) => name !== 'backup-storage'), ...LIMITED].sort()).toEqual(
    [...used].sort(),
  );
});

it('docs/bootstrap-policy.json covers the names of roles and parameters in each stage', () => {
  const resourceOf = (sid: string) =>
    [policy.Statement.find(({ Sid }) => Sid === sid)?.Resource ?? []].flat();
  // CloudFormation begins the names of roles with the name of the stack.
  expect(resourceOf('Roles')).toEqual(['arn:*:iam::*:role/Scim*']);
  expect(Object.keys(synthesize()).filter((stack) => !stack.startsWith('Scim'))).toEqual([]);
  expect(resourceOf('Outputs')).toEqual(['arn:*:cloudformation:*:*:stack/Scim*']);
  expect(resourceOf('Parameters')).toContain('arn:*:ssm:*:*:parameter/scim-provisioning/*');
});
