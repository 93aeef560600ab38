import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  type IEmailIdentity,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { ENV } from '../../shared/env';
import type { MailSettings } from '../../shared/mail/settings';
import type { ScimFunction } from './scim-function';

export interface MailIdentityProps {
  /** What the mails say. The identity is the domain of the sender. */
  readonly mail: Omit<MailSettings, 'configurationSet'>;
}

/** The SES identity from which mails go out, and the configuration set that watches them. */
export class MailIdentity extends Construct {
  public readonly identity: IEmailIdentity;
  public readonly configurationSet: ConfigurationSet;
  private readonly mail: MailIdentityProps['mail'];

  public constructor(scope: Construct, id: string, { mail }: MailIdentityProps) {
    super(scope, id);
    this.mail = mail;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domainOf(mail.sender)),
      configurationSet: this.configurationSet,
    });
  }

  /** Allows to send as the sender, over the configuration set, and tells the function how the mails look. */
  public grantSend(fn: ScimFunction): void {
    const configurationSet = this.configurationSet.configurationSetName;
    fn.grant(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          this.identity.emailIdentityArn,
          Stack.of(this).formatArn({
            service: 'ses',
            resource: 'configuration-set',
            resourceName: configurationSet,
          }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.mail.sender } },
      }),
      {
        [ENV.mailSettings]: Stack.of(this).toJsonString({
          ...this.mail,
          configurationSet,
        } satisfies MailSettings),
      },
    );
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
