import { compileFilters } from '../../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const template = synthesize().ScimLicenses;

describe('the event source for free seats', () => {
  const [source] = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
  const { Filters } = source?.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = compileFilters(Filters.map(({ Pattern }) => Pattern));

  /** Returns a stream record of a domain's item with this number of pending licenses. */
  const record = (eventName: string, pending: string | undefined, sk = 'COUNTS') => ({
    eventName,
    dynamodb: {
      Keys: { pk: { S: 'DOMAIN#0190a1b2-0000-7000-8000-000000000001' }, sk: { S: sk } },
      NewImage: { users: { N: '7' }, ...(pending !== undefined && { pendingLicenses: { N: pending } }) },
    },
  });

  it.each([
    ['with pending licenses', record('MODIFY', '1'), true],
    ['with the first pending licenses', record('INSERT', '10'), true],
    ['without pending licenses any more', record('MODIFY', '0'), false],
    ['of a domain without seats', record('MODIFY', undefined), false],
    ['of a deleted domain', record('REMOVE', undefined), false],
    ['of another item', record('MODIFY', '1', 'DOMAIN'), false],
  ])('passes on counts %s: %s', (_, event, expected) => {
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
