import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ScimFunction } from '../../../../lib/constructs/common/scim-function';
import { deployedFunctions, describeGrants } from '../../deployed-functions';
import { synthesizeWithoutValidation } from '../../synthesize';

describe('a function', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'Test');
  const fn = new ScimFunction(stack, 'It', { entry: 'users', description: 'For a test' });
  fn.grant(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: ['arn:aws:sqs:eu-west-1:111122223333:queue'],
    }),
    {
      TABLE_NAME: 'a-table',
    },
  );
  fn.addEnvironment({ AUDIT_RETENTION_DAYS: '7' });
  new ScimFunction(stack, 'Other', {
    entry: 'authorizer',
    description: 'For a test',
    timeout: Duration.seconds(5),
    memorySize: 256,
  });
  const template = Template.fromJSON(
    synthesizeWithoutValidation(app).getStackByName('Test').template as object,
  );
  const { users, authorizer } = deployedFunctions(template);

  it('has the common runtime and architecture, and the timeout of API Gateway', () => {
    expect(users?.properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1024,
      Timeout: 29,
    });
    expect(users?.properties).not.toHaveProperty('TracingConfig');
  });

  it('accepts another timeout and memory size', () => {
    expect(authorizer?.properties).toMatchObject({ MemorySize: 256, Timeout: 5 });
  });

  it('gets a permission and its environment variables together', () => {
    expect(users && describeGrants(users)).toEqual([
      'sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:queue',
    ]);
    expect(users?.environment).toEqual({
      POWERTOOLS_SERVICE_NAME: 'users',
      POWERTOOLS_METRICS_NAMESPACE: 'ScimProvisioning',
      TABLE_NAME: 'a-table',
      AUDIT_RETENTION_DAYS: '7',
    });
  });

  it('writes to its own log, which expires', () => {
    const logs = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(logs).toHaveLength(2);
    for (const { Properties } of logs as { Properties: unknown }[]) {
      expect(Properties).toMatchObject({ RetentionInDays: 90 });
    }
    expect(JSON.stringify(users?.statements)).toContain('logs:PutLogEvents');
  });

  it('has its own metrics', () => {
    expect(fn.metric('InternalError').toMetricConfig().metricStat).toMatchObject({
      namespace: 'ScimProvisioning',
      metricName: 'InternalError',
      dimensions: [{ name: 'service', value: 'users' }],
    });
  });
});

describe('a bundle', () => {
  it('lies next to its source map and its files', () => {
    const app = new App();
    const words = path.join(mkdtempSync(path.join(tmpdir(), 'bundle-')), 'words.json');
    writeFileSync(words, '{}');
    new ScimFunction(new Stack(app, 'Test'), 'It', {
      entry: 'not-found',
      files: [words],
      description: 'For a test',
    });
    const template = Template.fromJSON(
      synthesizeWithoutValidation(app).getStackByName('Test').template as object,
    );
    const { S3Key } = deployedFunctions(template)['not-found']?.properties.Code as { S3Key: string };
    const folder = path.join(app.outdir, `asset.${path.basename(S3Key, '.zip')}`);
    expect(readdirSync(folder).sort()).toEqual(['index.mjs', 'index.mjs.map', 'words.json']);
  });
});
