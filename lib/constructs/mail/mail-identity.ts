import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  type IEmailIdentity,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { MailSettings } from '../../../shared/mail/settings';
import type { TemplateFiles } from '../../../shared/mail/content/templates';
import type { ScimFunction } from '../common/scim-function';

const TEMPLATES_FILE = 'mail-templates.json';

export interface MailIdentityProps {
  readonly mail: Omit<MailSettings, 'configurationSet'>;
  /** Which identity sends: one made for the sender's domain or address, or the domain's, which exists already. */
  readonly identity: 'domain' | 'address' | 'existing';
  readonly templates: TemplateFiles;
}

/** The SES identity from which mails go out, and the configuration set that counts what becomes of them. */
export class MailIdentity extends Construct {
  public readonly identity: IEmailIdentity;
  public readonly configurationSet: ConfigurationSet;
  /** CNAME records that prove the domain to SES, as `name value`. */
  public readonly dkimRecords: readonly string[];
  /** Path of the templates' file, which has to be one of the `files` of each function that sends. */
  public readonly templatesFile: string;
  private readonly mail: MailIdentityProps['mail'];

  public constructor(scope: Construct, id: string, { mail, identity, templates }: MailIdentityProps) {
    super(scope, id);
    this.mail = mail;
    this.templatesFile = writeToAssembly(this, TEMPLATES_FILE, JSON.stringify(templates));
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // Addresses that bounced are this service's own matter, where an administrator can clear them.
      disableSuppressionList: true,
    });
    const domain = mail.sender.slice(mail.sender.lastIndexOf('@') + 1);
    if (identity === 'existing') {
      this.identity = EmailIdentity.fromEmailIdentityName(this, 'Identity', domain);
      this.dkimRecords = [];
    } else {
      const made = new EmailIdentity(this, 'Identity', {
        identity: identity === 'domain' ? Identity.domain(domain) : Identity.email(mail.sender),
      });
      this.identity = made;
      this.dkimRecords =
        identity === 'domain' ? made.dkimRecords.map(({ name, value }) => `${name} ${value}`) : [];
    }
  }

  /** Allows to send as the sender, over the configuration set, and tells the function how the mails look. */
  public grantSend(fn: ScimFunction): void {
    const stack = Stack.of(this);
    const configurationSet = this.configurationSet.configurationSetName;
    const settings: MailSettings = { ...this.mail, configurationSet };
    fn.grant(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          this.identity.emailIdentityArn,
          stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSet }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.mail.sender } },
      }),
      { [ENV.mailSettings]: stack.toJsonString(settings), [ENV.mailTemplates]: TEMPLATES_FILE },
    );
  }
}

/** Returns the absolute path. */
function writeToAssembly(scope: Construct, name: string, text: string): string {
  const directory = path.resolve(Stage.of(scope)?.outdir ?? '');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}
