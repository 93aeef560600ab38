import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import type { SesEvent } from './simulator';

const DestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }, 'only destinations that are SNS topics are supported'),
  }),
});

type Destination = z.infer<typeof DestinationProperties>;

const SUBJECT = 'Amazon SES Email Event Notification';

/** The event destinations of the template's configuration sets. */
export class EventDestinations {
  private readonly destinations: readonly Destination[];

  /** `resources` are of the type `AWS::SES::ConfigurationSetEventDestination`. */
  constructor(
    resources: readonly Resource[],
    private readonly publish: (
      configurationSet: string,
      topicArn: string,
      subject: string,
      message: string,
    ) => void,
  ) {
    this.destinations = resources.map((resource) => readProperties(DestinationProperties, resource));
  }

  /** Publishes an event to the topics that the configuration set sends its type to. */
  send(configurationSet: string, event: SesEvent): void {
    const type = event.eventType.toLowerCase();
    for (const { ConfigurationSetName, EventDestination } of this.destinations) {
      const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
      const matches = MatchingEventTypes.some((wanted) => wanted.toLowerCase() === type);
      if (ConfigurationSetName === configurationSet && Enabled && matches) {
        this.publish(configurationSet, SnsDestination.TopicARN, SUBJECT, JSON.stringify(event));
      }
    }
  }
}
