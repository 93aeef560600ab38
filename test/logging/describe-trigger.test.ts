import { describeTrigger } from '../../shared/logging/describe-trigger';

const NOW = Date.parse('2026-11-29T12:00:00Z');

it('counts the records of a stream, a queue, and a topic, and tells the age of the oldest', () => {
  const at = (secondsAgo: number) => NOW - secondsAgo * 1_000;
  const stream = [7, 90].map((ago) => ({
    eventSource: 'aws:dynamodb',
    dynamodb: { ApproximateCreationDateTime: at(ago) / 1_000 },
  }));
  expect(describeTrigger({ Records: stream }, NOW)).toEqual({
    trigger: 'dynamodb',
    records: 2,
    oldestSeconds: 90,
  });
  const queue = [{ eventSource: 'aws:sqs', attributes: { SentTimestamp: String(at(3)) }, body: 'secret' }];
  expect(describeTrigger({ Records: queue }, NOW)).toEqual({
    trigger: 'sqs',
    records: 1,
    oldestSeconds: 3,
  });
  const topic = [{ EventSource: 'aws:sns', Sns: { Timestamp: new Date(at(0)).toISOString() } }];
  expect(describeTrigger({ Records: topic }, NOW)).toEqual({
    trigger: 'sns',
    records: 1,
    oldestSeconds: 0,
  });
});

it.each([[{ source: 'aws.events' }], [{}], [undefined]])('takes %j for a schedule', (event) => {
  expect(describeTrigger(event, NOW)).toEqual({ trigger: 'schedule' });
});
