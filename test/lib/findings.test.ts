import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { LimitsPlugin } from '../../lib/validation/limits-plugin';
import { ALL_SETTINGS } from './settings/all-settings';
import { createApp } from './synthesize';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly { readonly ruleName: string; readonly violatingConstructs: unknown[] }[];
  }[];
}

/**
 * Returns the findings of cdk-nag, of the limits, and of the CDK's own template checks, including warnings.
 */
function findingsIn(app: App): string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new LimitsPlugin());
  const errors = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    app.synth();
  } catch (error) {
    if (!String(error).includes('ValidationFailed')) throw error;
  } finally {
    errors.mockRestore();
  }
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(
      ({ ruleName, violatingConstructs }) =>
        `${pluginName} ${ruleName} ${JSON.stringify(violatingConstructs)}`,
    ),
  );
}

// A test synthesizes the whole app and checks every resource.
jest.setTimeout(60_000);

describe('the best practice checks', () => {
  // `npm run synth` runs the same checks with the default settings.
  it('find nothing with all optional settings', () => {
    const context = {
      mailIdentity: 'address',
      removalPolicy: 'destroy',
      domainName: 'scim.example.com',
      certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/abc',
      alarmEmail: 'ops@example.com',
    };
    expect(findingsIn(createApp(context))).toEqual([]);
  });

  it('find nothing with everything that is off by default', () => {
    expect(findingsIn(createApp(ALL_SETTINGS))).toEqual([]);
  });

  it.each(['example-trial', 'example-prod', 'example-prod-us'])('find nothing in the stage %s', (stage) => {
    expect(findingsIn(createApp({ stage }))).toEqual([]);
  });

  it('find a problem of each kind', () => {
    const app = new App();
    const stack = new Stack(app, 'Other');
    new Queue(stack, 'Unprotected');
    // The schema of the resource has neither the property nor the value.
    new CfnResource(stack, 'Wrong', { type: 'AWS::SQS::Queue', properties: { Colour: 'red' } });
    new CfnResource(stack, 'Mistyped', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 'soon' } });
    new CfnResource(stack, 'Incomplete', { type: 'AWS::Lambda::Alias', properties: { Name: 'live' } });
    new CfnResource(stack, 'Long', { type: 'AWS::SNS::Topic', properties: { DisplayName: 'x'.repeat(101) } });
    const found = findingsIn(app);
    for (const pattern of [
      /^AwsSolutions AwsSolutions-SQS4 .*Other\/Unprotected/,
      /^CloudFormation Validate .*Wrong/,
      /^CloudFormation Validate .*Mistyped/,
      /^CloudFormation Validate .*Incomplete/,
      /^AWS limits too-large .*Long/,
    ])
      expect(found).toContainEqual(expect.stringMatching(pattern));
  });
});
