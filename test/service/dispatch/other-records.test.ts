import type { DynamoDBRecord } from 'aws-lambda';
import { promotionsIn } from '../../../shared/service/licenses/promotion-task';
import { sweepTaskIn } from '../../../shared/service/sweep/sweep-task';

const D = '0190a1b2-0000-7000-8000-000000000001';
const EVERY = ['INSERT', 'MODIFY', 'REMOVE'] as const;

const record = (eventName: (typeof EVERY)[number], pk: string, sk: string): DynamoDBRecord => {
  const image = { pk: { S: pk }, sk: { S: sk }, version: { N: '1' }, status: { S: 'bounced' } };
  return {
    eventName,
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: sk } },
      ...(eventName !== 'INSERT' && { OldImage: image }),
      ...(eventName !== 'REMOVE' && { NewImage: image }),
    },
  };
};

it.each([
  ['users', `${D}#USER`, 'u'],
  ['memberships', `${D}#GROUP#g`, 'USER#u'],
  ['emails', `${D}#MAIL`, 'u#m'],
  ['connections', `DOMAIN#${D}`, 'CONNECTION#c'],
  ['credentials', `DOMAIN#${D}`, 'KEY#k'],
])('neither promotions nor sweeps follow from records of %s', (_, pk, sk) => {
  for (const eventName of EVERY) {
    expect(promotionsIn([record(eventName, pk, sk)])).toEqual([]);
    expect(sweepTaskIn(record(eventName, pk, sk))).toBeUndefined();
  }
});

it('no promotion follows from a group or a domain', () => {
  for (const eventName of EVERY) {
    expect(promotionsIn([record(eventName, `${D}#GROUP`, 'g')])).toEqual([]);
    expect(promotionsIn([record(eventName, `DOMAIN#${D}`, 'DOMAIN')])).toEqual([]);
  }
});
