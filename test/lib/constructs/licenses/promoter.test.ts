import { App } from 'aws-cdk-lib';
import { readConfig } from '../../../../lib/config';
import { addStacks } from '../../../../lib/stacks/stacks';
import { deployedFunctions, describeGrants, forKeys, readableReference } from '../../deployed-functions';
import { synthesize } from '../../synthesize';

const { ScimLicenses, ScimSweep } = synthesize();
const { promoter } = deployedFunctions(ScimSweep);
if (!promoter) throw new Error('There is no promoter.');

it('the promoter may do what a promotion needs, and nothing with emails', () => {
  const on = (actions: string, ...keys: string[]) => `${actions} on Table.Arn${forKeys(...keys)}`;
  expect(describeGrants(promoter)).toEqual([
    on('dynamodb:ConditionCheckItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem', '<d>#COUNTS'),
    on('dynamodb:DeleteItem, dynamodb:Query', '<d>#PENDING'),
    on('dynamodb:GetItem', 'DOMAIN#<d>'),
    on('dynamodb:PutItem', '<d>#AUDIT'),
    on('dynamodb:UpdateItem', '<d>#LICENSE'),
    expect.stringMatching(/^dynamodb:UpdateItem .*"DOMAIN#<d>".*"dynamodb:Attributes":/) as string,
    expect.stringMatching(/^sqs:.* on PromoterWorkQueue.Arn$/) as string,
  ]);
});

it('the promoter has only its queue, the table, and the retention of events in its environment', () => {
  const { TABLE_NAME, PROMOTION_QUEUE_URL, AUDIT_RETENTION_DAYS, ...others } = promoter.environment;
  expect(readableReference(TABLE_NAME)).toBe('Table');
  expect(readableReference(PROMOTION_QUEUE_URL)).toBe('PromoterWorkQueue');
  expect(AUDIT_RETENTION_DAYS).toBe('365');
  expect(Object.keys(others).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
});

it('the function on license changes has no part in promotions', () => {
  const { 'license-changes': changes } = deployedFunctions(ScimLicenses);
  const grants = changes ? describeGrants(changes).join('\n') : '';
  expect(grants).toContain('<d>#MAIL');
  expect(grants).not.toContain('<d>#PENDING');
  expect(grants).not.toContain('<d>#COUNTS');
});

it('a deployment starts the promoter before license-changes of an earlier version stops giving seats', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const { licenses, sweep } = addStacks(app, readConfig({}));
  expect(licenses.dependencies).toContain(sweep);
});
