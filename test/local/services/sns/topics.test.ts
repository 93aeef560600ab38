import type { InvocationTarget } from '../../../../local/services/lambda/invocation-target';
import { Topics } from '../../../../local/services/sns/topics';
import { resolved } from '../../resources';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:topic';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const fn = { name: 'fn', arn: FUNCTION } as InvocationTarget;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';

function topicsWith(subscription: object, mayInvoke = true) {
  const invoked: [InvocationTarget, object][] = [];
  const deadLetters: unknown[][] = [];
  const topics = new Topics({
    subscriptions: resolved({
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION, ...subscription },
      },
    }),
    functionOf: (arn) => {
      expect(arn).toBe(FUNCTION);
      return fn;
    },
    invoke: (...invocation) => invoked.push(invocation),
    mayInvoke: (functionArn, topicArn) => {
      expect([functionArn, topicArn]).toEqual([FUNCTION, TOPIC]);
      return mayInvoke;
    },
    sendDeadLetter: (...letter) => deadLetters.push(letter),
  });
  return { topics, invoked, deadLetters };
}

it('invokes the subscribed functions with the event of AWS', () => {
  const { topics, invoked } = topicsWith({});
  topics.publish(TOPIC, 'Subject', 'Text');
  expect(invoked).toEqual([
    [
      fn,
      {
        Records: [
          expect.objectContaining({
            EventSource: 'aws:sns',
            Sns: expect.objectContaining({
              Type: 'Notification',
              TopicArn: TOPIC,
              Subject: 'Subject',
              Message: 'Text',
            }) as object,
          }),
        ],
      },
    ],
  ]);
});

it('ignores other topics, and sends no emails', () => {
  const { topics, invoked } = topicsWith({});
  topics.publish(`${TOPIC}-2`, '', '');
  const byMail = topicsWith({ Protocol: 'email', Endpoint: 'ops@example.com' });
  byMail.topics.publish(TOPIC, '', '');
  expect([...invoked, ...byMail.invoked]).toEqual([]);
});

it.each([
  [{ Protocol: 'sqs' }, 'Subscription: the protocol sqs of subscriptions is not supported.'],
  [
    { FilterPolicy: { kind: ['a'] } },
    /cannot run Subscription \(AWS::SNS::Subscription\):[^]*filter policies are not supported/,
  ],
])('refuses %j', (own, message) => {
  expect(() => topicsWith(own)).toThrow(message);
});

it('sends a message to the dead-letter queue if the topic may not invoke the function', () => {
  const redrive = { RedrivePolicy: { deadLetterTargetArn: QUEUE } };
  const { topics, invoked, deadLetters } = topicsWith(redrive, false);
  topics.publish(TOPIC, 'Subject', 'Text');
  expect(invoked).toEqual([]);
  expect(deadLetters).toEqual([[QUEUE, TOPIC, expect.objectContaining({ Message: 'Text' })]]);
});

it('loses such a message without a dead-letter queue', () => {
  const { topics, invoked, deadLetters } = topicsWith({}, false);
  topics.publish(TOPIC, 'Subject', 'Text');
  expect([invoked, deadLetters]).toEqual([[], []]);
});
