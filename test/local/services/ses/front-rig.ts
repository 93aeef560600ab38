import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { Callers } from '../../../../local/cloud/callers';
import { type Listening, listen, readBody } from '../../../../local/host/http';
import { SesAccount } from '../../../../local/services/ses/account';
import { PlannedFaults } from '../../../../local/services/ses/faults';
import { serveMailFront } from '../../../../local/services/ses/front';
import type { SendingLimitOptions } from '../../../../local/services/ses/sending-limits';
import { ADMINISTRATOR, iamOf } from '../../iam';

const ANSWER =
  '<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>ses-1</MessageId>' +
  '</SendEmailResult></SendEmailResponse>';
const SETTINGS = { region: 'us-east-1', credentials: ADMINISTRATOR, maxAttempts: 1 };

/** The front of SES before a mail server that accepts everything. */
export class SesFrontRig {
  readonly iam = iamOf();
  readonly callers = new Callers();
  readonly faults = new PlannedFaults();
  readonly account: SesAccount;
  /** The requests that reached the mail server. */
  readonly forwarded: string[] = [];
  readonly published: { configurationSet: string; eventType: string }[] = [];
  private viewer!: Listening;
  private front!: Listening;

  private constructor(limits: SendingLimitOptions) {
    this.account = new SesAccount(limits);
    this.account.setTemplate(['example.com'], ['license-mail']);
  }

  static async start(limits: SendingLimitOptions = {}): Promise<SesFrontRig> {
    const rig = new SesFrontRig(limits);
    rig.viewer = await listen((request, response) => {
      void readBody(request).then((body) => {
        rig.forwarded.push(`${request.method} ${request.url} ${String(body)}`);
        response.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER);
      });
    }, 0);
    const { account, callers, faults, iam } = rig;
    rig.front = await serveMailFront({
      ...{ mailUrl: rig.viewer.url, account, callers, planned: faults, iam },
      publish: (configurationSet, { eventType }) => rig.published.push({ configurationSet, eventType }),
    });
    return rig;
  }

  get url(): string {
    return this.front.url;
  }

  readonly v2 = (): SESv2Client => new SESv2Client({ ...SETTINGS, endpoint: this.url });

  readonly client = (own: object = {}): SESClient =>
    new SESClient({ ...SETTINGS, endpoint: this.url, ...own });

  async close(): Promise<void> {
    await this.front.close();
    await this.viewer.close();
  }
}

export const sendWith = (
  ses: SESClient,
  to: string,
  ConfigurationSetName: string | undefined = 'license-mail',
  Source = 'licenses@example.com',
) =>
  ses.send(
    new SendEmailCommand({
      Source,
      Destination: { ToAddresses: [to] },
      Message: { Subject: { Data: 'Grüße & Küsse' }, Body: { Text: { Data: 'text' } } },
      ConfigurationSetName,
      Tags: [{ Name: 'domainId', Value: 'd' }],
    }),
  );
