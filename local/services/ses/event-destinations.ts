import * as z from 'zod';
import { UserError } from '../../host/user-error';
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

/** Where the events of a configuration set go, as the template says. */
export class EventDestinations {
  private readonly destinations: readonly Destination[];

  /** `resources` are of the type `AWS::SES::ConfigurationSetEventDestination`. */
  constructor(
    resources: readonly Resource[],
    private readonly publish: (topicArn: string, subject: string, message: string) => void,
  ) {
    this.destinations = resources.map(({ logicalId, properties }) => {
      const parsed = DestinationProperties.safeParse(properties);
      if (parsed.success) return parsed.data;
      throw new UserError(`The local host cannot run ${logicalId}:\n${z.prettifyError(parsed.error)}`);
    });
  }

  send(configurationSet: string, event: SesEvent): void {
    const type = event.eventType.toLowerCase();
    for (const { ConfigurationSetName, EventDestination } of this.destinations) {
      const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
      const isWanted = MatchingEventTypes.some((wanted) => wanted.toLowerCase() === type);
      if (ConfigurationSetName === configurationSet && Enabled && isWanted) {
        this.publish(SnsDestination.TopicARN, SUBJECT, JSON.stringify(event));
      }
    }
  }
}
