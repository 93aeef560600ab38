import { PATCH_OP } from '../../shared/scim/urns';
import { resourceKey } from '../../shared/store/table/keys';
import { toResourceItem } from '../../shared/store/resources/resource-record';
import { toAttributeValues } from '../../shared/store/table/attribute-value';
import { BENCH_ID, request } from '../cold/events';

export const TABLE = 'bench';

export const USER_KEY = toAttributeValues({ ...resourceKey(BENCH_ID, 'USER', BENCH_ID) });

/** The item of a user as DynamoDB returns it. */
export const STORED_USER = toAttributeValues({
  ...toResourceItem(BENCH_ID, 'USER', {
    id: BENCH_ID,
    attributes: {
      userName: 'ada@example.com',
      externalId: 'external-ada',
      displayName: 'Ada Lovelace',
      active: true,
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
    },
    version: 3,
    created: '2026-01-01T00:00:00.000Z',
    lastModified: '2026-01-01T00:00:00.000Z',
    groupIds: [],
    memberCount: 0,
  }),
});

const change = {
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path: 'displayName', value: 'Ada King' }],
};

/** The requests that are measured, as API Gateway sends them to the function. */
export const REQUESTS: Readonly<Record<string, object>> = {
  'get a user': request('GET', `/v2/Users/${BENCH_ID}`),
  'change displayName (PATCH)': request('PATCH', `/v2/Users/${BENCH_ID}`, change),
};

const event = toAttributeValues({
  ...{ pk: `${BENCH_ID}#AUDIT`, sk: BENCH_ID, action: 'user.updated', resourceId: BENCH_ID },
  ...{ at: '2026-01-01T00:00:00.000Z', resourceName: 'ada@example.com', requestId: 'bench' },
  changes: [{ attribute: 'displayName', before: 'Ada Lovelace', after: 'Ada King' }],
  actor: { kind: 'scimKey', keyId: BENCH_ID },
});

/** A transaction as large as that of the change: the user and an audit event. */
export const TRANSACTION = {
  TransactItems: [
    {
      Put: {
        ...{ TableName: TABLE, Item: STORED_USER, ConditionExpression: '#version = :version' },
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: '3' } },
      },
    },
    { Put: { TableName: TABLE, Item: event } },
  ],
  ReturnConsumedCapacity: 'TOTAL' as const,
};
