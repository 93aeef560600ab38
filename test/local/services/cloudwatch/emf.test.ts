import { embeddedMetrics } from '../../../../local/services/cloudwatch/emf';

const line = (members: object) =>
  JSON.stringify({
    _aws: {
      Timestamp: 5,
      CloudWatchMetrics: [
        {
          Namespace: 'Scim',
          Dimensions: [['service']],
          Metrics: [{ Name: 'Sent', Unit: 'Count' }, { Name: 'Age' }],
        },
      ],
    },
    service: 'outbox',
    ...members,
  });

describe('Log lines in the embedded metric format', () => {
  test('have one data point for each value', () => {
    const common = { namespace: 'Scim', dimensions: { service: 'outbox' }, timestamp: 5 };
    expect(embeddedMetrics(line({ Sent: [1, 2], Age: 7 }))).toEqual([
      { ...common, name: 'Sent', value: 1, unit: 'Count' },
      { ...common, name: 'Sent', value: 2, unit: 'Count' },
      { ...common, name: 'Age', value: 7, unit: undefined },
    ]);
  });

  test.each(['', 'text', '{"message":"_aws"}', '{"_aws":1}', '{"_aws"'])('%j has none', (text) => {
    expect(embeddedMetrics(text)).toEqual([]);
  });

  test('a declared metric without a value has none', () => {
    expect(embeddedMetrics(line({ Sent: 'many' }))).toEqual([]);
  });
});
