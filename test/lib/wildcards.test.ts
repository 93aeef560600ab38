import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { ALL_SETTINGS } from './settings/all-settings';
import { readableReference } from './deployed-functions';
import { resourcesOf, synthesize } from './synthesize';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The resources that hold policies, and the property with each policy. */
const POLICIES: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
};

/**
 * Shortens the logical ID of a policy: `FunctionHandlerRoleDefaultPolicyF9889DD5` becomes `FunctionHandler`.
 */
const holderOf = (logicalId: string): string =>
  logicalId
    .replace(/[0-9A-F]{8}$/, '')
    // The statements that do not fit into the policy of a role are in another one.
    .replace(/(Service)?Role(DefaultPolicy|OverflowPolicy\d+)$/, '')
    .replace(/^CustomCDKBucketDeployment.*/, 'CustomCDKBucketDeployment');

/** Shortens an ARN to the part that identifies the resource. */
const shortened = (text: string): string =>
  text
    .replace(/^arn:AWS::Partition:apigateway:AWS::Region::/, '')
    .replace(/^\/tags\/.*%2Fapikeys%2F\*$/, '/tags/<API keys>')
    .replace(/^arn:aws:ses:[^:]*:\d*:/, 'ses:')
    .replace(/^arn:aws:s3:::cdk-.*-assets-.*\//, 'CDK assets/');

/** Lists the patterns that the policies of a template allow, as `stack/holder pattern`. */
function wildcardsIn(stack: string, template: Template): string[] {
  return Object.entries(POLICIES).flatMap(([type, property]) =>
    Object.entries(resourcesOf(template, type)).flatMap(([logicalId, { Properties }]) =>
      (Properties[property] as { Statement: Statement[] }).Statement.filter(
        ({ Effect }) => Effect === 'Allow',
      )
        .flatMap(({ Action, Resource }) => {
          const actions = [Action].flat();
          const resources = [Resource].flat().map(readableReference);
          return [
            ...actions.filter((action) => action.includes('*')),
            // What "*" allows depends on the actions.
            ...resources.flatMap((resource) =>
              resource === '*'
                ? actions.map((action) => `${action} on *`)
                : resource.includes('*')
                  ? [shortened(resource)]
                  : [],
            ),
          ];
        })
        .map((pattern) => `${stack}/${holderOf(logicalId)} ${pattern}`),
    ),
  );
}

/** Names all functions together in what each of them may do. */
const ofEveryFunction = (entry: string): string => entry.replace(/^\S+ (xray:)/, 'every function $1');

const found = [
  ...new Set(
    // With all settings, the key of the stage replaces that of a topic.
    [{ alarmEmail: 'ops@example.com' }, ALL_SETTINGS].flatMap((settings) =>
      Object.entries(synthesize(settings))
        .flatMap(([stack, template]) => wildcardsIn(stack, template))
        .map(ofEveryFunction),
    ),
  ),
];

/**
 * Returns the rows of the table in docs/security.md. Each has holders, patterns, and the reason for all of
 * them.
 */
function documented(): string[] {
  const text = readFileSync(path.join(__dirname, '../../docs/security.md'), 'utf8');
  const [, section = ''] = /^### Statements with a wildcard\n([^]*?)^##/m.exec(text) ?? [];
  const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return [...section.matchAll(/^\| (`[^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].flatMap(
    ([, holders = '', patterns = '', reason = '']) => {
      expect(reason.trim()).toMatch(/\w+ \w+/);
      return quoted(holders).flatMap((holder) => quoted(patterns).map((pattern) => `${holder} ${pattern}`));
    },
  );
}

it('docs/security.md gives the reason of each pattern that a policy allows', () => {
  expect(documented().sort()).toEqual(found.sort());
});
