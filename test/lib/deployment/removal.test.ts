import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { readConfig } from '../../../lib/config';
import { addStacks } from '../../../lib/stacks/stacks';
import { ALL_SETTINGS } from '../settings/all-settings';
import { REQUIRED_SETTINGS, settingsDirectory } from '../settings/settings-directory';
import { type Resource, synthesizeWithoutValidation, UNBUNDLED_APP_PROPS } from '../synthesize';

function synthesize(settings: Record<string, unknown> = {}): CloudFormationStackArtifact[] {
  const app = new App({ ...UNBUNDLED_APP_PROPS });
  const directory = settingsDirectory({ prod: { ...REQUIRED_SETTINGS, ...settings } });
  addStacks(app, readConfig({ stage: 'prod' }, directory));
  return synthesizeWithoutValidation(app).stacks;
}

const resourcesOf = ({ template }: CloudFormationStackArtifact) =>
  Object.entries((template as { Resources: Record<string, Resource> }).Resources);

const stacks = synthesize();
const resources = stacks.flatMap((stack) =>
  resourcesOf(stack).map(([logicalId, resource]) => ({ name: `${stack.id}/${logicalId}`, ...resource })),
);

describe('a first deployment that fails', () => {
  it('leaves nothing behind that is in the way of the next attempt', () => {
    expect(
      resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').map(({ name }) => name),
    ).toEqual([]);
  });

  it('can delete everything that it created', () => {
    expect(stacks.filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
    const isProtected = ({ Properties = {} }: Partial<Resource>) =>
      Properties.DeletionProtectionEnabled === true || Properties.DeletionProtection === 'ACTIVE';
    expect(resources.filter(isProtected).map(({ name }) => name)).toEqual([]);
    // A bucket with content cannot be deleted.
    const buckets = resources.filter(({ Type }) => Type === 'AWS::S3::Bucket');
    const emptied = resources.filter(({ Type }) => Type === 'Custom::S3AutoDeleteObjects');
    expect(emptied).toHaveLength(buckets.length);
  });

  it('has no fixed physical name of a resource that holds data', () => {
    const data = resources.filter(({ Type }) => /::(Table|Secret|UserPool|Bucket)$/.test(Type));
    expect(data.length).toBeGreaterThan(5);
    for (const { Properties } of data)
      for (const name of ['TableName', 'Name', 'UserPoolName', 'BucketName'])
        expect(Properties).not.toHaveProperty(name);
  });
});

it('a later deletion of a stack keeps the table, the secrets and keys of the data, and the user pool', () => {
  const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate');
  expect(kept.map(({ name }) => name.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(
    [
      'ScimAdmin/SignInUsers',
      // Without this role, the APIs of other stages could not log.
      'ScimApi/ScimApiCloudWatchRole',
      'ScimApi/ScimApiAccount',
      'ScimData/AccessTokenSecret',
      'ScimData/CursorSecret',
      'ScimData/KeyPepperSecret',
      'ScimData/LeaseKeysKey1',
      'ScimData/LicenseSecret',
      'ScimData/Table',
      'ScimData/WebhookSecret',
    ].sort(),
  );
});

it('the key that encrypts this data is kept with it', () => {
  const kept = synthesize({ customerKey: 'encrypt' })
    .flatMap(resourcesOf)
    .filter(
      ([, { Type, DeletionPolicy }]) => /KMS::Key$/.test(Type) && DeletionPolicy === 'RetainExceptOnCreate',
    );
  expect(kept.map(([logicalId]) => logicalId.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'CustomerKey',
    'LeaseKeysKey1',
  ]);
});

it('with "protect", the data and its stacks cannot be deleted', () => {
  const isOn = synthesize({ protect: true });
  expect(isOn.filter(({ terminationProtection }) => terminationProtection).map(({ id }) => id)).toEqual([
    'ScimData',
    'ScimAdmin',
  ]);
});

/**
 * Returns which stacks use values of each stack, by imports or outputs. They must be gone first:
 * CloudFormation refuses to delete a stack with imported exports, and does not notice that outputs change.
 */
function importersIn(stacks: readonly CloudFormationStackArtifact[]): Record<string, string[]> {
  const exporters = new Map(
    stacks.flatMap((stack) => {
      const { Outputs = {} } = stack.template as { Outputs?: Record<string, { Export?: { Name: string } }> };
      return Object.values(Outputs).flatMap(({ Export }) =>
        Export ? [[Export.Name, stack.id] as const] : [],
      );
    }),
  );
  const importsOf = ({ template }: CloudFormationStackArtifact): string[] => {
    const text = JSON.stringify(template);
    const imported = [...text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(
      ([, name = '']) => exporters.get(name) ?? `nothing exports ${name}`,
    );
    const read = [...text.matchAll(/"Fn::GetStackOutput":\{"StackName":"(\w+)-prod"/g)].map(
      ([, stack = '']) => stack,
    );
    return [...new Set([...imported, ...read])];
  };
  return Object.fromEntries(
    stacks.map(({ id }) => [
      id,
      stacks
        .filter((stack) => importsOf(stack).includes(id))
        .map((stack) => stack.id)
        .sort(),
    ]),
  );
}

describe('the order of docs/deploy.md', () => {
  const text = readFileSync(path.join(__dirname, '../../../docs/deploy.md'), 'utf8');
  const [, section = ''] = /^### Recreate a stack\n([^]*?)^### /m.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| `(Scim\w+)` +\| ([^|]+) \|/gm)].map(([, stack = '', first = '']) => [
    stack,
    [...first.matchAll(/`(Scim\w+)`/g)].map(([, name]) => name).sort(),
  ]);

  it.each([
    ['the defaults', {}],
    ['everything on', ALL_SETTINGS],
    ['a key that encrypts nothing yet', { customerKey: 'grant' }],
    ['no portal', { portal: false }],
  ])('says for each stack which ones must be destroyed first, with %s', (_, settings) => {
    expect(Object.fromEntries(rows)).toEqual(importersIn(synthesize(settings)));
  });

  it('lists a stack after all that must be destroyed first', () => {
    const order = rows.map(([stack]) => stack as string);
    for (const [stack, first] of Object.entries(importersIn(stacks)))
      for (const other of first) expect(order.indexOf(other)).toBeLessThan(order.indexOf(stack));
  });

  it('says that ScimApi and ScimLicenses cannot be recreated without ScimAdmin', () => {
    const importers = importersIn(stacks);
    const both = ['ScimAdmin', 'ScimMonitoring'];
    expect([importers.ScimApi, importers.ScimLicenses]).toEqual([both, both]);
    expect(section.replace(/\s+/g, ' ')).toContain(
      'recreating `ScimApi` or `ScimLicenses` also recreates `ScimAdmin`',
    );
  });
});
