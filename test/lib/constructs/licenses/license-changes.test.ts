import { compileFilters } from '../../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const template = synthesize().ScimLicenses;

describe('the event source of seats that become free', () => {
  const [source] = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
  const { Filters } = source?.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
  const isHandedOn = compileFilters(Filters.map(({ Pattern }) => Pattern));

  /** A record of an item of a domain; `pending` licenses wait. */
  const record = (eventName: string, pending: string | undefined, sk = 'COUNTS') => ({
    eventName,
    dynamodb: {
      Keys: { pk: { S: 'DOMAIN#0190a1b2-0000-7000-8000-000000000001' }, sk: { S: sk } },
      NewImage: { users: { N: '7' }, ...(pending !== undefined && { pendingLicenses: { N: pending } }) },
    },
  });

  it.each([
    ['where licenses wait', record('MODIFY', '1'), true],
    ['where the first licenses of a domain wait', record('INSERT', '10'), true],
    ['where none waits any more', record('MODIFY', '0'), false],
    ['of a domain without seats', record('MODIFY', undefined), false],
    ['of a domain that was deleted', record('REMOVE', undefined), false],
    ['of another item', record('MODIFY', '1', 'DOMAIN'), false],
  ])('hands on counts %s: %s', (_, event, expected) => {
    expect(isHandedOn(event)).toBe(expected);
  });
});

it('the function on changes of licenses may do what it takes to give a seat', () => {
  const handler = deployedFunctions(template)['license-changes'];
  if (!handler) throw new Error('There is no function on changes of licenses.');
  const on = (actions: string, pk: string) =>
    `${actions} on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["${pk}"]}}`;
  expect(describeGrants(handler)).toEqual(
    expect.arrayContaining([
      on('dynamodb:GetItem, dynamodb:UpdateItem', 'DOMAIN#*'),
      on('dynamodb:DeleteItem, dynamodb:Query', '*#PENDING'),
      on('dynamodb:UpdateItem', '*#LICENSE'),
      on('dynamodb:PutItem', '*#AUDIT'),
    ]),
  );
});
