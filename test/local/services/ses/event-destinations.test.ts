import { EventDestinations } from '../../../../local/services/ses/event-destinations';
import { resolved } from '../../resources';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:topic';
const destinations = (own: object, published: string[]) =>
  new EventDestinations(
    resolved({
      Destination: {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: 'license-mail',
          EventDestination: {
            MatchingEventTypes: ['bounce', 'COMPLAINT'],
            SnsDestination: { TopicARN: TOPIC },
            ...own,
          },
        },
      },
    }),
    (configurationSet, topicArn, subject, message) =>
      published.push(`${configurationSet} ${topicArn} ${subject} ${message}`),
  );

const publishedFor = (
  own: object,
  configurationSet: string,
  eventType: 'Bounce' | 'Complaint' | 'Delivery',
) => {
  const published: string[] = [];
  destinations(own, published).send(configurationSet, { eventType });
  return published;
};

it('publishes the matching events of the configuration set', () => {
  expect(publishedFor({}, 'license-mail', 'Bounce')).toEqual([
    `license-mail ${TOPIC} Amazon SES Email Event Notification {"eventType":"Bounce"}`,
  ]);
  expect(publishedFor({}, 'license-mail', 'Complaint')).toHaveLength(1);
  expect(publishedFor({}, 'license-mail', 'Delivery')).toEqual([]);
  expect(publishedFor({}, 'other', 'Bounce')).toEqual([]);
  expect(publishedFor({ Enabled: false }, 'license-mail', 'Bounce')).toEqual([]);
});

it('refuses unsupported kinds of destinations', () => {
  expect(() => destinations({ SnsDestination: undefined, CloudWatchDestination: {} }, [])).toThrow(
    /cannot run Destination \(.*\):[^]*only destinations that are SNS topics/,
  );
});
