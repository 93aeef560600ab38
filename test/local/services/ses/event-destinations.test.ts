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
    (topicArn, subject, message) => published.push(`${topicArn} ${subject} ${message}`),
  );

const toldOf = (own: object, configurationSet: string, eventType: 'Bounce' | 'Complaint' | 'Delivery') => {
  const published: string[] = [];
  destinations(own, published).send(configurationSet, { eventType });
  return published;
};

it('publishes the events that are wanted, of the configuration set that they are wanted of', () => {
  expect(toldOf({}, 'license-mail', 'Bounce')).toEqual([
    `${TOPIC} Amazon SES Email Event Notification {"eventType":"Bounce"}`,
  ]);
  expect(toldOf({}, 'license-mail', 'Complaint')).toHaveLength(1);
  expect(toldOf({}, 'license-mail', 'Delivery')).toEqual([]);
  expect(toldOf({}, 'other', 'Bounce')).toEqual([]);
  expect(toldOf({ Enabled: false }, 'license-mail', 'Bounce')).toEqual([]);
});

it('refuses a destination of another kind', () => {
  expect(() => destinations({ SnsDestination: undefined, CloudWatchDestination: {} }, [])).toThrow(
    /cannot run Destination:[^]*only destinations that are SNS topics/,
  );
});
