interface RateLimit {
  readonly perMinute: number;
  readonly perTenSeconds: number;
}

/** The values of the deployment that help pages show: a part of `/config.json`. */
export interface HelpSettings {
  /** Whether the help pages can be read without signing in. */
  readonly public: boolean;
  /** The base URL of the SCIM API, which ends in `/scim/v2`. */
  readonly scimBaseUrl: string;
  /** The URL of the license check, which ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly userTypes: { readonly names: readonly string[]; readonly default: string };
  /** The schema extension of users, and the attribute that holds the user type. */
  readonly userExtension: { readonly schema: string; readonly userTypeAttribute: string };
  /** The rate plans by name; `null` is a plan without limits. */
  readonly ratePlans: Readonly<Record<string, RateLimit | null>>;
  /** An ended license keeps its key for this number of days. */
  readonly keyGraceDays: number;
  readonly setupLinkDays: number;
  readonly accessTokenMinutes: number;
}

/** The texts in help pages that the documents do not contain. They are in English, as the documents are. */
export const ARTICLE_TEXTS = {
  operatorDocument: '(documentation of the operator)',
  newTab: '(opens in a new tab)',
  table: 'Table',
  or: ' or ',
};

/** A value in a help page: text, or names that are shown as code. */
export type HelpValue = string | readonly string[];

interface Deployment {
  readonly productName: string;
  readonly portalUrl: string;
  readonly help: HelpSettings;
}

/** Returns the values that documents mark with `<!-- value:name -->`. */
export function helpValues({
  productName,
  portalUrl,
  help,
}: Deployment): Readonly<Record<string, HelpValue>> {
  return {
    productName,
    portalUrl: [portalUrl],
    userTypes: help.userTypes.names,
    defaultUserType: [help.userTypes.default],
    standardLimit: limitText(help.ratePlans.standard),
    galleryLimit: limitText(help.ratePlans.gallery),
    keyGraceDays: String(help.keyGraceDays),
    setupLinkDays: String(help.setupLinkDays),
    accessTokenLife: `${help.accessTokenMinutes} minutes`,
  };
}

function limitText(limit: RateLimit | null | undefined): string {
  return limit
    ? `${limit.perMinute} requests a minute and ${limit.perTenSeconds} requests in ten seconds`
    : 'any number of requests';
}

/** The addresses and names of the documents, and what stands in their place. The longest come first. */
export type Replacements = readonly (readonly [example: string, value: string])[];

/** Returns the replacements for the examples that the documents contain, also in code. */
export function exampleReplacements({ portalUrl, help }: Deployment): Replacements {
  const license = help.licenseCheckUrl.replace(/\/check$/, '');
  return [
    ['urn:ietf:params:scim:schemas:extension:newrelic:2.0:User', help.userExtension.schema],
    ['https://scim.example.com/license/v1', license],
    ['https://scim.example.com/scim', help.scimBaseUrl.replace(/\/v2$/, '')],
    ['https://scim.example.com', license.replace(/\/license\/v1$/, '')],
    ['https://licenses.example.com', portalUrl],
    ['nrUserType', help.userExtension.userTypeAttribute],
  ];
}

/** Returns the text with the values of the deployment. */
export const replaceExamples = (text: string, replacements: Replacements): string =>
  replacements.reduce((replaced, [example, value]) => replaced.replaceAll(example, value), text);
