import type { MailKind } from './planned-mail';

/** Mustache by file name: of all languages (`layout.html`), or of one (`de/greeting.txt`). */
export type TemplateFiles = Readonly<Record<string, string>>;

export const MAIL_KINDS: readonly MailKind[] = ['license-key', 'license-deactivated'];

/** What the templates of every mail may show, and what those of one kind may show beside it. */
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
export const KIND_PLACEHOLDERS: Readonly<Record<MailKind, readonly string[]>> = {
  'license-key': ['key'],
  'license-deactivated': ['deleted'],
};

/** The frame of every HTML mail. */
export const LAYOUT_FILE = 'layout.html';
export const subjectFile = (kind: MailKind): string => `${kind}.subject.txt`;
export const preheaderFile = (kind: MailKind): string => `${kind}.preheader.txt`;
export const htmlFile = (kind: MailKind): string => `${kind}.html`;
export const textFile = (kind: MailKind): string => `${kind}.txt`;

/** The file that `{{> name}}` includes: parts of the mail in hand have names of their own, for the layout. */
export function partialFile(kind: MailKind, name: string): string {
  if (name === 'subject') return subjectFile(kind);
  if (name === 'preheader') return preheaderFile(kind);
  if (name === 'content') return htmlFile(kind);
  return name;
}

/** The templates of a deployment. */
export class MailTemplates {
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  /** Of the files. */
  readonly names: readonly string[];

  constructor(private readonly files: TemplateFiles) {
    this.names = Object.keys(files).sort();
    const directories = this.names.flatMap((file) => file.split('/').slice(0, -1));
    this.languages = [...new Set(directories)].sort();
  }

  /** Where a template is for a language: in its directory, that of a wider one (`de` for `de-AT`), or that of all. */
  locate(language: string, name: string): string | undefined {
    const subtags = language.split('-');
    const directories = subtags.map((_, at) => `${subtags.slice(0, subtags.length - at).join('-')}/`);
    return [...directories, ''].map((directory) => directory + name).find((file) => file in this.files);
  }

  /** Throws where there is none: the deployment has checked that there is. */
  get(language: string, name: string): string {
    const file = this.locate(language, name);
    if (file === undefined)
      throw new Error(`There is no mail template ${name} for the language ${language}.`);
    return this.files[file] as string;
  }
}
