import type { MailKind } from './planned-mail';

/** Mustache templates by file name: for all languages (`layout.html`), or for one (`de/greeting.txt`). */
export type TemplateFiles = Readonly<Record<string, string>>;

/**
 * The emails that have templates: those to users, the reminder to administrators that a SCIM key expires, the
 * invitation of an administrator, and the one-time code of a setup link.
 */
export type TemplateKind = MailKind | AdministratorMail;

export const KEY_EXPIRY = 'scim-key-expiry';
export const INVITATION = 'invitation';
export const SETUP_CODE = 'setup-code';

/** The emails to administrators. Each one has a footer of its own. */
const ADMINISTRATOR_FOOTERS = {
  [KEY_EXPIRY]: 'administrator',
  [INVITATION]: 'invitation',
  [SETUP_CODE]: 'setup',
} as const;
type AdministratorMail = keyof typeof ADMINISTRATOR_FOOTERS;

export const isAdministratorMail = (kind: TemplateKind): kind is AdministratorMail =>
  kind in ADMINISTRATOR_FOOTERS;

export const TEMPLATE_KINDS: readonly TemplateKind[] = [
  'license-key',
  'license-deactivated',
  KEY_EXPIRY,
  INVITATION,
  SETUP_CODE,
];

/** The language of emails to administrators if the language of the deployment has no templates for them. */
export const FALLBACK_LANGUAGE = 'en';

/** The placeholders of every email. */
export const COMMON_PLACEHOLDERS = [
  'productName',
  'supportAddress',
  'color',
  'textColor',
  'language',
  'name',
  'userName',
  'userType',
] as const;
/** The placeholders whose values are texts of a client or a customer. A subject must not contain them. */
export const CLIENT_PLACEHOLDERS: readonly string[] = ['name', 'userName', 'keyName', 'domainName'];

/** The additional placeholders of one kind of email. */
export const KIND_PLACEHOLDERS: Readonly<Record<TemplateKind, readonly string[]>> = {
  'license-key': ['key', 'reactivated', 'replaced'],
  'license-deactivated': ['deleted'],
  [KEY_EXPIRY]: [
    'scimKey',
    'clientSecret',
    'trust',
    'keyName',
    'keyIdStart',
    'domainName',
    'expiryTime',
    'expired',
    'days',
    'lastDay',
    'portalLink',
  ],
  [INVITATION]: ['operator', 'owner', 'viewer', 'domainName', 'days', 'expiryTime', 'portalLink', 'password'],
  [SETUP_CODE]: ['code', 'domainName', 'minutes'],
};

/** The frame of every HTML email. */
export const LAYOUT_FILE = 'layout.html';
export const subjectFile = (kind: TemplateKind): string => `${kind}.subject.txt`;
export const preheaderFile = (kind: TemplateKind): string => `${kind}.preheader.txt`;
export const htmlFile = (kind: TemplateKind): string => `${kind}.html`;
export const textFile = (kind: TemplateKind): string => `${kind}.txt`;

/**
 * Returns the file that `{{> name}}` includes. In the layout, the parts of the current email have short
 * names. Emails to administrators have footers of their own.
 */
export function partialFile(kind: TemplateKind, name: string): string {
  if (name === 'subject') return subjectFile(kind);
  if (name === 'preheader') return preheaderFile(kind);
  if (name === 'content') return htmlFile(kind);
  if (isAdministratorMail(kind) && name.startsWith('footer.'))
    return `${ADMINISTRATOR_FOOTERS[kind]}-${name}`;
  return name;
}

/** The templates of a deployment. */
export class MailTemplates {
  /** BCP 47 tags, sorted. */
  readonly languages: readonly string[];
  /** The file names, sorted. */
  readonly names: readonly string[];

  constructor(private readonly files: TemplateFiles) {
    this.names = Object.keys(files).sort();
    const directories = this.names.flatMap((file) => file.split('/').slice(0, -1));
    this.languages = [...new Set(directories)].sort();
  }

  /**
   * Returns the file of a template for a language: in its directory, in that of the wider language (`de` for
   * `de-AT`), or in that of all languages.
   */
  locate(language: string, name: string): string | undefined {
    const subtags = language.split('-');
    const directories = subtags.map((_, at) => `${subtags.slice(0, subtags.length - at).join('-')}/`);
    return [...directories, ''].map((directory) => directory + name).find((file) => file in this.files);
  }

  /** Returns whether a language has templates of its own for an email. */
  hasOwn(language: string, kind: TemplateKind): boolean {
    return this.names.some((name) => name.startsWith(`${language}/${kind}.`));
  }

  /** Returns the text of a template. Throws if there is none, which the deployment has ruled out. */
  get(language: string, name: string): string {
    const file = this.locate(language, name);
    if (file === undefined)
      throw new Error(`There is no email template ${name} for the language ${language}.`);
    return this.files[file] as string;
  }
}
