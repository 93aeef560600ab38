import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CrossStackReferences, ReferenceStrength, Stack, Stage, Validations } from 'aws-cdk-lib';
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
import { nagText } from '../common/nag-id';
import type { ScimFunction } from '../common/scim-function';

const TEMPLATES_FILE = 'mail-templates.json';

export interface MailIdentityProps {
  readonly mail: Omit<MailSettings, 'configurationSet'>;
  /** The identity of the sender: a new one for its domain or address, or the domain's existing one. */
  readonly identity: 'domain' | 'address' | 'existing';
  readonly templates: TemplateFiles;
}

/** The SES identity that sends emails, and the configuration set that reports their delivery. */
export class MailIdentity extends Construct {
  public readonly identity: IEmailIdentity;
  public readonly configurationSet: ConfigurationSet;
  /** The CNAME records that verify the domain for SES, as `name value`. */
  public readonly dkimRecords: readonly string[];
  /** The path of the template file. It must be one of the `files` of each function that sends emails. */
  public readonly templatesFile: string;
  private readonly mail: MailIdentityProps['mail'];

  public constructor(scope: Construct, id: string, { mail, identity, templates }: MailIdentityProps) {
    super(scope, id);
    this.mail = mail;
    this.templatesFile = writeToAssembly(this, TEMPLATES_FILE, JSON.stringify(templates));
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // The service keeps its own list of suppressed addresses, which administrators can clear.
      disableSuppressionList: true,
    });
    // The admin function of version 0.1.0 sends no emails, and that version can be deployed again.
    CrossStackReferences.of(this.configurationSet).produce(ReferenceStrength.WEAK);
    const domain = mail.sender.slice(mail.sender.lastIndexOf('@') + 1);
    if (identity === 'existing') {
      this.identity = EmailIdentity.fromEmailIdentityName(this, 'Identity', domain);
      this.dkimRecords = [];
    } else {
      const created = new EmailIdentity(this, 'Identity', {
        identity: identity === 'domain' ? Identity.domain(domain) : Identity.email(mail.sender),
      });
      this.identity = created;
      this.dkimRecords =
        identity === 'domain' ? created.dkimRecords.map(({ name, value }) => `${name} ${value}`) : [];
    }
  }

  /**
   * Allows the function to send emails as the sender through the configuration set, and passes the mail
   * settings.
   */
  public grantSend(fn: ScimFunction): void {
    const stack = Stack.of(this);
    const identities = stack.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
    const configurationSet = this.configurationSet.configurationSetName;
    const settings: MailSettings = { ...this.mail, configurationSet };
    fn.grant(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          // SES chooses the identity of the sender. In its sandbox, it also checks the identity of the
          // recipient.
          identities,
          stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSet }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.mail.sender } },
      }),
      { [ENV.mailSettings]: stack.toJsonString(settings), [ENV.mailTemplates]: TEMPLATES_FILE },
    );
    Validations.of(fn.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${nagText(this, identities)}]`,
      reason: 'The condition ses:FromAddress limits the grant to one sender.',
    });
  }

  /** Allows the function to read how many emails SES accepts in a second. */
  public grantSendQuota(fn: ScimFunction): void {
    fn.grant(new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }));
    Validations.of(fn.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The quota is one of the account, and ses:GetSendQuota does not support resources.',
    });
  }
}

/** Writes a file into the cloud assembly, and returns its absolute path. */
function writeToAssembly(scope: Construct, name: string, text: string): string {
  const directory = path.resolve(Stage.of(scope)?.outdir ?? '');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}
