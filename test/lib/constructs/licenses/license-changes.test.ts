import { compileFilters } from '../../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const template = synthesize().ScimLicenses;

describe('the event source for free seats', () => {
  const [source] = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
  const { Filters } = source?.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = compileFilters(Filters.map(({ Pattern }) => Pattern));

  const ID = '0190a1b2-0000-7000-8000-000000000001';
  const record = (eventName: string, pk: string, sk: string) => ({
    eventName,
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, NewImage: { users: { N: '7' } } },
  });

  it.each([
    ['changed seats', record('MODIFY', `${ID}#COUNTS`, 'SEATS'), true],
    ['the seats of a new domain', record('INSERT', `${ID}#COUNTS`, 'SEATS'), true],
    ['removed seats', record('REMOVE', `${ID}#COUNTS`, 'SEATS'), false],
    ['counts', record('MODIFY', `${ID}#COUNTS`, '07'), false],
    ['counts of a previous version', record('MODIFY', `DOMAIN#${ID}`, 'COUNTS'), true],
    ['domains', record('MODIFY', `DOMAIN#${ID}`, 'DOMAIN'), false],
    ['licenses', record('MODIFY', `${ID}#LICENSE`, 'user'), true],
  ])('passes on %s: %s', (_, event, expected) => {
    expect(passesFilter(event)).toBe(expected);
  });
});

it('the function on license changes has the permissions for a promotion', () => {
  const handler = deployedFunctions(template)['license-changes'];
  if (!handler) throw new Error('There is no function on license changes.');
  const on = (actions: string, pk: string) => `${actions} on Table.Arn${forKeys(pk)}`;
  expect(describeGrants(handler)).toEqual(
    expect.arrayContaining([
      on('dynamodb:GetItem', 'DOMAIN#<d>'),
      expect.stringMatching(/^dynamodb:UpdateItem .*"DOMAIN#<d>".*"dynamodb:Attributes":/),
      on('dynamodb:DeleteItem, dynamodb:Query', '<d>#PENDING'),
      on('dynamodb:UpdateItem', '<d>#LICENSE'),
      on('dynamodb:PutItem', '<d>#AUDIT'),
    ]),
  );
});
