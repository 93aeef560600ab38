import type { CloudContext } from '../../cloud/context';
import type { Operations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { byId, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { SnsService } from '../sns/service';
import { SesAccount } from './account';
import { EventDestinations } from './event-destinations';
import { Faults } from './faults';
import { serveMailFront } from './front';
import { startMailServer } from './mail-server';
import { mailOperations } from './operations';

const RESOURCE_TYPES: ResourceTypes = { 'AWS::SES::ConfigurationSetEventDestination': byId };

/** SES. Emails go to a local mailbox; their events go to the template's topics. */
export class SesService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  readonly account = new SesAccount();
  readonly faults = new Faults();
  /** The URL at which a browser shows the mailbox. Set by `launch`. */
  mailboxUrl = '';
  /** The URL of the SES API. Set by `prepare`. */
  private url = '';
  private destinations: EventDestinations | undefined;

  constructor(private readonly sns: SnsService) {}

  async launch({ children, teardown }: CloudContext): Promise<void> {
    const server = await startMailServer(children);
    teardown.add('the mail server', server.stop);
    this.mailboxUrl = server.url;
  }

  async prepare({ teardown }: CloudContext): Promise<void> {
    const front = await serveMailFront({
      account: this.account,
      faults: this.faults,
      mailUrl: this.mailboxUrl,
      publish: (configurationSet, event) => this.destinations?.send(configurationSet, event),
    });
    teardown.add('the front of the mail server', front.close);
    this.url = front.url;
  }

  start(_: CloudContext, resources: readonly Resource[]): void {
    this.destinations = new EventDestinations(
      ofType(resources, 'AWS::SES::ConfigurationSetEventDestination'),
      (topicArn, subject, message) => this.sns.topics.publish(topicArn, subject, message),
    );
  }

  environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL_SES: this.url, AWS_ENDPOINT_URL_SESV2: this.url };
  }

  localOperations(): Operations {
    return mailOperations(this);
  }
}
