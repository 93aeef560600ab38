import { App } from 'aws-cdk-lib';
import { readConfig } from '../../../../lib/config';
import { addStacks } from '../../../../lib/stacks/stacks';
import { compileFilters } from '../../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys, readableReference } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const { ScimLicenses, ScimSweep } = synthesize();
const { promoter } = deployedFunctions(ScimSweep);
if (!promoter) throw new Error('There is no promoter.');

describe('the event source of the dispatcher', () => {
  const source = Object.values(resourcesOf(ScimSweep, 'AWS::Lambda::EventSourceMapping')).find(
    ({ Properties }) => 'StartingPosition' in Properties,
  );
  const { Filters } = source?.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = compileFilters(Filters.map(({ Pattern }) => Pattern));

  const ID = '0190a1b2-0000-7000-8000-000000000001';
  const record = (eventName: string, pk: string, sk: string, status = 'none') => ({
    eventName,
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, NewImage: { status: { S: status } } },
  });

  it.each([
    ['changed seats', record('MODIFY', `${ID}#COUNTS`, 'SEATS'), true],
    ['the seats of a new domain', record('INSERT', `${ID}#COUNTS`, 'SEATS'), true],
    ['removed seats', record('REMOVE', `${ID}#COUNTS`, 'SEATS'), false],
    ['counts', record('MODIFY', `${ID}#COUNTS`, '07'), false],
    ['counts of a previous version', record('MODIFY', `DOMAIN#${ID}`, 'COUNTS'), true],
    ['domains', record('MODIFY', `DOMAIN#${ID}`, 'DOMAIN'), false],
    ['a license that ends', record('MODIFY', `${ID}#LICENSE`, 'user', 'inactive'), true],
    ['a license that waits', record('INSERT', `${ID}#LICENSE`, 'user', 'pending'), true],
    ['a license that has a seat', record('INSERT', `${ID}#LICENSE`, 'user', 'active'), false],
    ['a user', record('INSERT', `${ID}#USER`, 'user', 'pending'), false],
  ])('passes on %s: %s', (_, event, expected) => {
    expect(passesFilter(event)).toBe(expected);
  });
});

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
