import { DEFAULT_LICENSE_CHECK, type LicenseCheckSettings } from '../shared/limits/license-check-limits';
import type { LeaseSettings } from '../shared/license-lease';
import { DEFAULT_STAGE } from '../shared/stage';
import type { MailSettings } from '../shared/mail/settings';
import type { TemplateFiles } from '../shared/mail/content/templates';
import type { IssuerSettings } from '../shared/service/credentials/portal-token-verifier';
import { DEFAULT_MAIL_BUDGET, type MailBudgetLimits } from '../shared/limits/mail-budget';
import { DEFAULT_RATE_PLANS, type RatePlans } from '../shared/limits/rate-plan';
import { DEFAULT_PRODUCT_SETTINGS, type ProductSettings } from '../shared/scim/schemas/product-user';
import { concurrencyProblem, type Concurrency } from './settings/concurrency';
import { JSON_SETTINGS, type SettingName, SETTINGS, type Settings } from './settings/definitions';
import { type CustomerKeyMode, problemOfReplicaKey } from './settings/encryption';
import type { Operations } from './settings/operations';
import { parseJsonText } from './settings/parse-json-text';
import { problemsWithoutPortal } from './settings/portal';
import { problemsOfProduct, type ProductInput, productSettings } from './settings/product';
import { problemOfReplica, problemsOfRegion } from './settings/regions';
import { problemOfFormerTable, type RestoredTableSettings } from './settings/restored-table';
import {
  readStageSettings,
  SETTINGS_DIRECTORY,
  SettingsFileError,
  type StageSettings,
} from './settings/settings-file';
import { unknownSettings } from './settings/unknown-settings';
import { loadMailTemplates } from './template-check/load-templates';

/** The settings of a deployment, read from the file of its stage. docs/settings.md explains each one. */
export interface Config extends Operations, RestoredTableSettings {
  /** The name of the stage, such as `prod`. */
  readonly stage: string;
  /** The only account to which the stage can be deployed. @default - the account of the credentials */
  readonly account?: string;
  /** The only region to which the stage can be deployed. @default - the region of the AWS SDK */
  readonly region?: string;
  /** Tags of every resource, besides those of the service. */
  readonly tags: Readonly<Record<string, string>>;
  readonly mail: Omit<MailSettings, 'configurationSet'>;
  readonly mailTemplates: TemplateFiles;
  /** The limits on the emails of a domain, unless an operator sets others for it. */
  readonly mailBudget: MailBudgetLimits;
  /** The SES identity of the sender: a new one for its domain or address, or the domain's existing one. */
  readonly mailIdentity: 'domain' | 'address' | 'existing';
  readonly customDomain?: { readonly domainName: string; readonly certificateArn: string };
  /** `retain` keeps the table and the secrets when their stack is deleted; `destroy` deletes them. */
  readonly removalPolicy: 'retain' | 'destroy';
  /** Whether the table, the user pool, and their stacks cannot be deleted. Off for the first deployment. */
  readonly protect: boolean;
  /** Whether AWS WAF inspects the requests to the APIs. */
  readonly webAcl: boolean;
  /** Whether AWS Backup keeps copies of the table. */
  readonly backup: boolean;
  /** Whether a KMS key of the account encrypts the data, instead of keys of AWS. */
  readonly customerKey: CustomerKeyMode;
  /** A region that gets replicas of the secrets of the data. @default - none */
  readonly secretReplicaRegion?: string;
  /** The key of the replicas, in their region. @default - the key of Secrets Manager in that region */
  readonly secretReplicaKeyArn?: string;
  /** The permissions boundary of every role. @default - none */
  readonly permissionsBoundaryArn?: string;
  /** The user types, the extension of users, and the organizations of the vendor's product. */
  readonly product: ProductSettings;
  readonly ratePlans: RatePlans;
  readonly licenseCheck: LicenseCheckSettings;
  readonly licenseLease: LeaseSettings;
  /** The reserved concurrency of the functions. If null, they share the concurrency of the account. */
  readonly concurrency: Concurrency | null;
  /**
   * The origins from which the keys of issuers of assertions may come, besides those of Microsoft and Okta.
   */
  readonly jwksOrigins: readonly string[];
  /**
   * The origins to which webhooks may be sent although their hosts are not on the public internet, or without
   * https.
   */
  readonly webhookOrigins: readonly string[];
  /** Whether the stage has an event bus of EventBridge, and subscriptions whose events go to it. */
  readonly eventBus: boolean;
  /** The limit of each method of the SCIM API for all domains together. */
  readonly scimRequestsPerSecond: number;
  readonly auditRetentionDays: number;
  /** A license that becomes active again within this number of days keeps its key; 0 if it never does. */
  readonly keyGraceDays: number;
  /** The number of days after which a setup link expires. */
  readonly setupLinkDays: number;
  /** Whether an active user needs an address for license emails. */
  readonly requireMailAddress: boolean;
  /** The number of minutes for which an access token is valid. */
  readonly accessTokenMinutes: number;
  /** Whether the stage has a portal. The admin API does not depend on it. */
  readonly portal: boolean;
  /** A custom domain name for the portal. @default - CloudFront's name */
  readonly portalDomain?: { readonly domainName: string; readonly certificateArn: string };
  readonly alarmTopicArn?: string;
  readonly alarmEmail?: string;
  /** Whether the help pages of the portal can be read without signing in. */
  readonly publicHelp: boolean;
  /**
   * The URL or path of the published docs/, without a trailing slash. `{page}` in it stands for the name of a
   * document. The dashboard links to it; readiness findings do if the stage has no portal.
   */
  readonly docsUrl: string;
  /** Tells the owners of a domain how to get SCIM if it is not available to it. @default - a general text */
  readonly contactText?: string;
  /** The OpenID issuer of the portal's users. @default - the deployment creates a Cognito user pool */
  readonly issuer?: IssuerSettings;
  /** If true, the deployment sets API Gateway's log role, which the whole account and region share. */
  readonly apiGatewayAccountRole: boolean;
}

/** Lists every problem of the settings, one per line. */
export class ConfigError extends Error {
  public constructor(
    public readonly problems: readonly string[],
    subject = 'The settings',
  ) {
    super([`${subject} are not valid:`, ...problems].join('\n- '));
    this.name = 'ConfigError';
  }
}

const PAIRED_SETTINGS = [
  ['domainName', 'certificateArn', 'a custom domain needs both'],
  ['portalDomainName', 'portalCertificateArn', 'a custom portal domain needs both'],
  ['oidcIssuer', 'oidcClientId', 'the issuer identifies the portal by its client ID'],
] as const;

/**
 * Reads the settings of the stage that the context names, from its file. Other values of the context replace
 * those of the file: `-c name=value`. Throws `ConfigError`. Keys with a colon, slash or @ belong to the CDK.
 */
export function readConfig(
  { stage, ...context }: Readonly<Record<string, unknown>>,
  directory = SETTINGS_DIRECTORY,
): Config {
  const file = openStage(stage, directory);
  const given: Readonly<Record<string, unknown>> = { ...file.values, ...settingsOf(context) };
  const problems = unknownSettings(given);
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { schema, expected }]) => {
      const value = JSON_SETTINGS.has(key as SettingName) ? parseJsonText(given[key]) : given[key];
      const result = schema.safeParse(value);
      if (!result.success)
        problems.push(
          value === undefined
            ? `${key}: missing. Add "${key}" to ${file.file}: ${expected}.`
            : `${key}: given ${JSON.stringify(given[key])}, expected ${expected}.`,
        );
      return [key, result.data];
    }),
  ) as Settings;
  for (const [first, second, reason] of PAIRED_SETTINGS) {
    if ((given[first] === undefined) === (given[second] === undefined)) continue;
    const [present, missing] = given[first] === undefined ? [second, first] : [first, second];
    problems.push(`${missing}: missing, but required by ${present}: ${reason}.`);
  }
  const templates = loadMailTemplates(values.mailTemplates);
  problems.push(...templates.problems.map((problem) => `mailTemplates: ${problem}`));
  if (values.mailLanguage !== undefined && !templates.languages.includes(values.mailLanguage)) {
    const { mailLanguage } = values;
    problems.push(
      `mailLanguage: given ${JSON.stringify(mailLanguage)}, expected one of ${templates.languages.join(', ')}, ` +
        'or a language that mailTemplates adds.',
    );
  }
  const product = isReadable(values) ? productSettings(values) : DEFAULT_PRODUCT_SETTINGS;
  problems.push(...problemsOfProduct(product));
  const { portal, region } = values;
  const userPool = portal && values.oidcIssuer === undefined;
  problems.push(...problemsOfRegion(region, { portal, userPool }), ...problemsWithoutPortal(portal, given));
  for (const problem of [
    values.concurrency && concurrencyProblem(values.concurrency),
    problemOfReplica(region, values.secretReplicaRegion) ?? problemOfReplicaKey(values),
    problemOfFormerTable(values),
  ])
    if (problem) problems.push(problem);
  if (values.protect && values.removalPolicy === 'destroy')
    problems.push('protect: given true, expected false, because removalPolicy is destroy.');
  if (problems.length > 0)
    throw new ConfigError(problems, `The settings of the stage ${file.stage} (${file.file})`);
  // Deployments that were made without a stage are protected already.
  const isProtected = values.removalPolicy === 'retain' && file.stage === DEFAULT_STAGE;
  return {
    ...toConfig(values),
    product,
    protect: values.protect ?? isProtected,
    stage: file.stage,
    mailTemplates: templates.files,
  };
}

function openStage(stage: unknown, directory: string): StageSettings {
  try {
    return readStageSettings(stage, directory);
  } catch (error) {
    if (error instanceof SettingsFileError) throw new ConfigError([error.message]);
    throw error;
  }
}

/** Returns the entries of the context that are settings, or that look like one. */
const settingsOf = (context: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(context).filter(([key]) => /^\w+$/.test(key)));

/**
 * Returns whether the settings of the product have a valid form. Otherwise, they are among the problems
 * already.
 */
const isReadable = ({ userTypes, userExtension, organizations }: Partial<ProductInput>): boolean =>
  [userTypes, userExtension, organizations].every((setting) => setting !== undefined);

function toConfig({
  mailSender,
  productName,
  color,
  supportAddress,
  mailLanguage,
  domainName,
  certificateArn,
  portalDomainName,
  portalCertificateArn,
  oidcIssuer,
  oidcClientId,
  oidcRolesClaim,
  userTypes: _userTypes,
  userExtension: _userExtension,
  organizations: _organizations,
  ...settings
}: Settings) {
  return {
    ...settings,
    mail: { sender: mailSender, productName, color, supportAddress, language: mailLanguage },
    portalDomain:
      portalDomainName && portalCertificateArn
        ? { domainName: portalDomainName, certificateArn: portalCertificateArn }
        : undefined,
    issuer:
      oidcIssuer && oidcClientId
        ? { issuer: oidcIssuer, clientId: oidcClientId, rolesClaim: oidcRolesClaim }
        : undefined,
    customDomain: domainName && certificateArn ? { domainName, certificateArn } : undefined,
    ratePlans: { ...DEFAULT_RATE_PLANS, ...settings.ratePlans },
    mailBudget: { ...DEFAULT_MAIL_BUDGET, ...settings.mailBudget },
    licenseCheck: {
      ...settings.licenseCheck,
      cacheSeconds: { ...DEFAULT_LICENSE_CHECK.cacheSeconds, ...settings.licenseCheck.cacheSeconds },
    },
  };
}
