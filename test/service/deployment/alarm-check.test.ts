import type { TopicSubscription, TopicSubscriptions } from '../../../shared/mail/sns/topic-subscriptions';
import { alarmCheck, type AlarmFacts } from '../../../shared/service/deployment/alarm-check';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const EMAIL = 'ops@example.com';

const email = (own: Partial<TopicSubscription> = {}): TopicSubscription => ({
  ...{ protocol: 'email', endpoint: EMAIL, isConfirmed: true },
  ...own,
});

function check(found: TopicSubscriptions, facts: Partial<AlarmFacts> = {}) {
  const subscriptions = (topicArn: string) => {
    expect(topicArn).toBe(TOPIC);
    return Promise.resolve(found);
  };
  return alarmCheck({ alarmTopicArn: TOPIC, alarmEmail: EMAIL, subscriptions, ...facts });
}

const OTHERS = [email({ endpoint: 'other@example.com' }), email({ protocol: 'sms', endpoint: EMAIL })];
const COMMAND = `aws sns subscribe --region eu-west-1 --topic-arn ${TOPIC} --protocol email --notification-endpoint ${EMAIL}`;

it.each([
  ['is confirmed', [email()]],
  ['is confirmed, and was entered in other letters', [...OTHERS, email({ endpoint: 'Ops@Example.com' })]],
  ['is confirmed, and was subscribed again', [email({ isConfirmed: false }), email()]],
])('is ok if the subscription of the address %s', async (_, found) => {
  expect(await check(found)).toEqual({ status: 'ok', found: `Alarms are emailed to ${EMAIL}.` });
});

it('names the email to open, and how to get another one, if the subscription is not confirmed', async () => {
  expect(await check([...OTHERS, email({ isConfirmed: false })])).toEqual({
    status: 'missing',
    found: `No alarm is emailed to ${EMAIL} until the subscription is confirmed.`,
    action: expect.stringMatching(
      /^Open the link in the email “AWS Notification - Subscription Confirmation”/,
    ) as string,
  });
  expect((await check([email({ isConfirmed: false })])).action).toContain(COMMAND);
});

it('says how to subscribe again if SNS has deleted the subscription', async () => {
  expect(await check(OTHERS)).toMatchObject({
    status: 'missing',
    found: expect.stringContaining('was not confirmed in time, or it was ended') as string,
    action: expect.stringContaining(COMMAND) as string,
  });
});

describe('A topic of the operator', () => {
  const ofOperator = { alarmEmail: undefined };

  it('needs one confirmed subscription of any kind', async () => {
    expect((await check([email({ isConfirmed: false }), OTHERS[1] ?? email()], ofOperator)).status).toBe(
      'ok',
    );
    expect(await check([email({ isConfirmed: false })], ofOperator)).toMatchObject({
      status: 'missing',
      found: expect.stringContaining('nobody has a confirmed subscription') as string,
    });
    expect((await check([], ofOperator)).status).toBe('missing');
  });

  it('may belong to another account, or be gone', async () => {
    expect(await check('not-allowed', ofOperator)).toMatchObject({ status: 'unknown' });
    expect(await check('no-topic')).toMatchObject({ status: 'missing' });
  });
});

it('asks SNS nothing without a topic', async () => {
  const none = { alarmTopicArn: undefined, subscriptions: () => Promise.reject(new Error('asked')) };
  expect(await alarmCheck({ ...none, alarmEmail: undefined })).toMatchObject({ status: 'missing' });
});
