import type { CloudContext } from '../../cloud/context';
import type { Operations } from '../../cloud/endpoint/operation';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { SnsService } from '../sns/service';
import { SesAccount } from './account';
import { EventDestinations } from './event-destinations';
import { PlannedFaults } from './faults';
import { serveMailFront } from './front';
import { putIntoMailbox, startMailServer } from './mail-server';
import { mailOperations } from './operations';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SES::ConfigurationSet': (naming) => ({ ref: nameOf('Name', naming), attributes: {} }),
  'AWS::SES::ConfigurationSetEventDestination': byId,
  'AWS::SES::EmailIdentity': (naming) => ({
    ref: String(naming.property('EmailIdentity')),
    attributes: DKIM_TOKENS,
  }),
};

/** The names and values of the DNS records of an identity, which nothing here resolves. */
const DKIM_TOKENS = Object.fromEntries(
  [1, 2, 3].flatMap((at) => [
    [`DkimDNSTokenName${at}`, `token${at}._domainkey`],
    [`DkimDNSTokenValue${at}`, `token${at}.dkim.amazonses.com`],
  ]),
);

/** SES. Emails go to a local mailbox; their events go to the template's topics. */
export class SesService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** Set by `prepare`. */
  account!: SesAccount;
  readonly faults = new PlannedFaults();
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

  async prepare({ callers, faults, iam, metrics, settings, teardown }: CloudContext): Promise<void> {
    this.account = new SesAccount(settings.ses);
    const front = await serveMailFront({
      account: this.account,
      callers,
      faults,
      planned: this.faults,
      iam,
      mailUrl: this.mailboxUrl,
      publish: (configurationSet, event) => this.destinations?.send(configurationSet, event),
      count: (name) => put(metrics, name, 1),
      latencyMs: settings.ses.latencyMs,
    });
    teardown.add('the front of the mail server', front.close);
    this.url = front.url;
  }

  async start({ log }: CloudContext, resources: readonly Resource[]): Promise<void> {
    const refs = (type: string) => ofType(resources, type).map(({ ref }) => ref);
    this.account.setTemplate(refs('AWS::SES::EmailIdentity'), refs('AWS::SES::ConfigurationSet'));
    this.destinations = new EventDestinations(
      ofType(resources, 'AWS::SES::ConfigurationSetEventDestination'),
      (configurationSet, topicArn, subject, message) => {
        const sourceArn = arn('ses', `configuration-set/${configurationSet}`);
        const source = { service: 'ses.amazonaws.com', sourceArn };
        if (this.sns.publishFor(source, topicArn, subject, message)) return;
        log(`SES may not publish to ${topicArn}, so an event of ${configurationSet} is lost.`);
      },
    );
    for (const email of this.sns.confirmations) await putIntoMailbox(this.mailboxUrl, email);
  }

  /** Reports the reputation, as SES does from the first send on. */
  report(metrics: MetricStore): void {
    const { bounceRate, complaintRate } = this.account.state;
    put(metrics, 'Reputation.BounceRate', bounceRate, 'None');
    put(metrics, 'Reputation.ComplaintRate', complaintRate, 'None');
  }

  environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL_SES: this.url, AWS_ENDPOINT_URL_SESV2: this.url };
  }

  localOperations(): Operations {
    return mailOperations(this);
  }
}

/** SES reports its metrics for the whole account. */
function put(metrics: MetricStore, name: string, value: number, unit = 'Count'): void {
  metrics.put({ namespace: 'AWS/SES', name, dimensions: {}, timestamp: Date.now(), value, unit });
}
