import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import type { TokenEndpoint } from './token-endpoint';

export interface TokenAlarmsProps {
  readonly endpoint: TokenEndpoint;
  readonly topic: AlarmTopic;
}

/** The alarm on refused clients. The alarms on the SCIM API include failures of the token endpoint. */
export class TokenAlarms extends Construct {
  public readonly refused: Alarm;

  public constructor(scope: Construct, id: string, { endpoint, topic }: TokenAlarmsProps) {
    super(scope, id);
    this.refused = new ScimAlarm(this, 'TokensRefused', {
      description: 'More than 300 requests for access tokens in five minutes were refused.',
      metric: endpoint.handler.metric('TokensRefused'),
      threshold: 300,
      topic,
    });
  }
}
