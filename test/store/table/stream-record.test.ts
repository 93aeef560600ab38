import type { DynamoDBRecord } from 'aws-lambda';
import { assertRecordsOf, isOfOtherTable, streamTag } from '../../../shared/store/table/stream-record';

const arnOf = (table: string) =>
  `arn:aws:dynamodb:eu-west-1:111122223333:table/${table}/stream/2026-11-29T03:14:15.926`;
const recordOf = (eventSourceARN?: string): DynamoDBRecord => ({ eventSourceARN });

it('a stream is that of another table only if its ARN says so', () => {
  expect(isOfOtherTable(arnOf('scim'), 'scim')).toBe(false);
  expect(isOfOtherTable(arnOf('scim-restored'), 'scim')).toBe(true);
  expect(isOfOtherTable(arnOf('scim'), 'scim-restored')).toBe(true);
  expect(isOfOtherTable(undefined, 'scim')).toBe(false);
  expect(isOfOtherTable('arn:aws:sqs:eu-west-1:111122223333:queue', 'scim')).toBe(false);
});

it('records of another table are refused, also among others', () => {
  expect(() => assertRecordsOf('scim', [recordOf(arnOf('scim')), recordOf()])).not.toThrow();
  expect(() => assertRecordsOf('scim', [recordOf(arnOf('scim')), recordOf(arnOf('former'))])).toThrow(
    'not of the table scim',
  );
});

it('two streams of a table have different tags', () => {
  expect(streamTag(arnOf('scim'))).toMatch(/^[0-9a-f]{8}$/);
  expect(streamTag(arnOf('scim'))).not.toBe(streamTag(arnOf('scim').replace('03:14', '03:15')));
});
