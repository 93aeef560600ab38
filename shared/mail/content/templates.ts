import type { MailKind } from './planned-mail';

/** Mustache templates by file name: for all languages (`layout.html`), or for one (`de/greeting.txt`). */
export type TemplateFiles = Readonly<Record<string, string>>;

export const MAIL_KINDS: readonly MailKind[] = ['license-key', 'license-deactivated'];

/** The placeholders of every email. */
export const COMMON_PLACEHOLDERS = [
  'productName',
  'supportAddress',
  'colour',
  'textColour',
  'language',
  'name',
  'userName',
  'userType',
] as const;
/** The additional placeholders of one kind of email. */
export const KIND_PLACEHOLDERS: Readonly<Record<MailKind, readonly string[]>> = {
  'license-key': ['key', 'reactivated', 'replaced'],
  'license-deactivated': ['deleted'],
};

/** The frame of every HTML email. */
export const LAYOUT_FILE = 'layout.html';
export const subjectFile = (kind: MailKind): string => `${kind}.subject.txt`;
export const preheaderFile = (kind: MailKind): string => `${kind}.preheader.txt`;
export const htmlFile = (kind: MailKind): string => `${kind}.html`;
export const textFile = (kind: MailKind): string => `${kind}.txt`;

/**
 * Returns the file that `{{> name}}` includes. In the layout, the parts of the current email have short
 * names.
 */
export function partialFile(kind: MailKind, name: string): string {
  if (name === 'subject') return subjectFile(kind);
  if (name === 'preheader') return preheaderFile(kind);
  if (name === 'content') return htmlFile(kind);
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

  /** Returns the text of a template. Throws if there is none, which the deployment has ruled out. */
  get(language: string, name: string): string {
    const file = this.locate(language, name);
    if (file === undefined)
      throw new Error(`There is no email template ${name} for the language ${language}.`);
    return this.files[file] as string;
  }
}
