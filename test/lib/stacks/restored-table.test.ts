import type { Template } from 'aws-cdk-lib/assertions';
import { ALL_SETTINGS } from '../settings/all-settings';
import { type Resource, resourcesOf, synthesize } from '../synthesize';

const NAME = 'scim-prod-20261129';
const RESTORED = { restoredTable: NAME };
const own = synthesize();
// The policy must not delete the data of the former table.
const restored = synthesize({ ...RESTORED, removalPolicy: 'destroy' });
const removed = synthesize({ ...RESTORED, formerTable: 'remove' });

const tablesOf = (template: Template) => Object.entries(resourcesOf(template, 'AWS::DynamoDB::Table'));
const isRestored = ([, { Properties }]: [string, Resource]) => Properties.TableName === NAME;
const formerId = tablesOf(own.ScimData)[0]?.[0] ?? '';
const restoredId = tablesOf(restored.ScimData).find(isRestored)?.[0] ?? '';

interface Output {
  readonly Value: unknown;
  readonly Export?: { readonly Name: string };
}
const exportsOf = (template: Template) =>
  Object.entries((template.toJSON() as { Outputs: Record<string, Output> }).Outputs).filter(
    ([, output]) => output.Export !== undefined,
  );
const textOf = (template: Template) => JSON.stringify(template.toJSON());
/** The stacks that use the table. */
const OTHERS = ['ScimApi', 'ScimLicenses', 'ScimSweep', 'ScimAdmin', 'ScimMonitoring'] as const;

it('the restored table has what DynamoDB does not restore, and can be imported', () => {
  const [, former] = tablesOf(own.ScimData)[0] ?? [];
  const [, table] = tablesOf(restored.ScimData).find(isRestored) ?? [];
  // An import requires a static name and this policy.
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table?.Properties).toEqual({
    ...former?.Properties,
    TableName: NAME,
    DeletionProtectionEnabled: true,
  });
  expect(table?.Properties).toMatchObject({
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
});

it('the former table stays as it is, with everything that other stacks import of it', () => {
  const [, before] = tablesOf(own.ScimData)[0] ?? [];
  const [, after] = tablesOf(restored.ScimData).find(([id]) => id === formerId) ?? [];
  expect(after?.Properties).toEqual(before?.Properties);
  // CloudFormation refuses to change or remove an export that is in use.
  expect(exportsOf(restored.ScimData)).toEqual(expect.arrayContaining(exportsOf(own.ScimData)));
});

it('no table is deleted when it leaves the template', () => {
  for (const [, { DeletionPolicy, UpdateReplacePolicy }] of tablesOf(restored.ScimData))
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
});

it('all other stacks use the restored table only, by references that keep nobody from changing the setting', () => {
  for (const stack of OTHERS) {
    expect(textOf(own[stack]).includes(formerId)).toBe(true);
    expect(textOf(restored[stack]).includes(formerId)).toBe(false);
    expect(textOf(restored[stack]).includes(restoredId)).toBe(true);
  }
  for (const [name] of exportsOf(restored.ScimData)) expect(name).not.toContain(restoredId);
  for (const stack of ['ScimLicenses', 'ScimSweep'] as const) {
    const mappings = Object.values(resourcesOf(restored[stack], 'AWS::Lambda::EventSourceMapping'));
    const ofTable = mappings.filter(({ Properties }) => Properties.StartingPosition !== undefined);
    expect(ofTable).toHaveLength(1);
    expect(JSON.stringify(ofTable[0]?.Properties.EventSourceArn)).toContain(restoredId);
  }
});

it('the alarms, the dashboard, and the backup plan are about the restored table', () => {
  const later = synthesize({ ...ALL_SETTINGS, restoredTable: 'scim-prod-20270101' });
  const laterId = tablesOf(later.ScimData).find(([id]) => id !== formerId)?.[0] ?? '';
  // A table that is restored later has another logical ID, so it replaces none.
  expect(laterId).not.toBe(restoredId);
  const alarms = Object.values(resourcesOf(later.ScimData, 'AWS::CloudWatch::Alarm'));
  const ofTable = alarms.filter(({ Properties }) => JSON.stringify(Properties).includes('TableName'));
  expect(ofTable).toHaveLength(3);
  for (const { Properties } of [
    ...ofTable,
    ...Object.values(resourcesOf(later.ScimData, 'AWS::Backup::BackupSelection')),
    ...Object.values(resourcesOf(later.ScimMonitoring, 'AWS::CloudWatch::Dashboard')),
  ]) {
    expect(JSON.stringify(Properties)).toContain(laterId);
    expect(JSON.stringify(Properties)).not.toContain(formerId);
  }
});

it('"formerTable": "remove" leaves only the restored table, which stays the same', () => {
  expect(tablesOf(removed.ScimData)).toEqual(tablesOf(restored.ScimData).filter(isRestored));
  expect(textOf(removed.ScimData).includes(formerId)).toBe(false);
  for (const stack of OTHERS) {
    expect(textOf(removed[stack]).includes(formerId)).toBe(false);
    expect(textOf(removed[stack]).includes(restoredId)).toBe(true);
  }
});
