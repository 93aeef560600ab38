import type { CloudSettings } from '../../cloud/context';
import { AsyncInvocations } from '../lambda/async-invocations';
import { functionOf, type Functions } from '../lambda/service';
import type { Queues } from '../sqs/queues';
import { Topics } from '../sns/topics';
import { ofType, type Resource } from '../../cloud/template/resources';
import { EventDestinations } from './event-destinations';

/** From SES to the topics, and from those to the functions. */
export function startMailEvents(
  resources: readonly Resource[],
  functions: Functions,
  queues: Queues,
  { teardown, log }: CloudSettings,
): EventDestinations {
  const invocations = new AsyncInvocations({
    configs: ofType(resources, 'AWS::Lambda::EventInvokeConfig'),
    send: (queueArn, body) => queues.send(queueArn, body),
    log,
  });
  teardown.add('asynchronous invocations', () => invocations.stop());
  const topics = new Topics({
    subscriptions: ofType(resources, 'AWS::SNS::Subscription'),
    functionOf: (arn) => functionOf(functions, arn),
    invoke: (lambda, event) => invocations.invoke(lambda, event),
  });
  return new EventDestinations(
    ofType(resources, 'AWS::SES::ConfigurationSetEventDestination'),
    (topicArn, subject, message) => topics.publish(topicArn, subject, message),
  );
}
