import Mustache from 'mustache';
import {
  COMMON_PLACEHOLDERS,
  partialFile,
  type MailTemplates,
  KIND_PLACEHOLDERS,
  type TemplateKind,
} from '../../shared/mail/content/templates';

/** A token of Mustache: `[type, value, start, end, …]`. The fifth element of a section is its tokens. */
type Token = readonly [string, string, number, number, (readonly Token[])?, ...unknown[]];

/** Checks the templates of one email in one language. It visits every section and every include. */
export class TemplateChecker {
  /** The problems found. Each one is a sentence that begins with a file. */
  readonly problems: string[] = [];
  /** The files that the email uses. */
  readonly usedFiles = new Set<string>();
  private readonly knownPlaceholders: readonly string[];

  constructor(
    private readonly templates: MailTemplates,
    private readonly language: string,
    private readonly kind: TemplateKind,
  ) {
    this.knownPlaceholders = [...COMMON_PLACEHOLDERS, ...KIND_PLACEHOLDERS[kind]];
  }

  /**
   * Returns the placeholders in a template and its includes. `includedFrom` contains the files that include
   * it.
   */
  placeholdersIn(name: string, includedFrom: readonly string[] = []): ReadonlySet<string> {
    const shown = new Set<string>();
    const file = this.templates.locate(this.language, name);
    if (file === undefined) {
      const [includer] = includedFrom.slice(-1);
      this.problems.push(
        includer === undefined
          ? `${this.language}/${name}: is missing.`
          : `${includer}: includes {{> ${name}}}, which is neither in ${this.language}/ nor in its parent directory.`,
      );
      return shown;
    }
    if (includedFrom.includes(file)) {
      this.problems.push(`${file}: includes itself.`);
      return shown;
    }
    this.usedFiles.add(file);
    this.visit(this.parseTokens(file, name), file, [...includedFrom, file], shown);
    return shown;
  }

  private parseTokens(file: string, name: string): readonly Token[] {
    try {
      return Mustache.parse(this.templates.get(this.language, name)) as unknown as readonly Token[];
    } catch (error) {
      this.problems.push(`${file}: ${(error as Error).message}.`);
      return [];
    }
  }

  private visit(tokens: readonly Token[], file: string, path: readonly string[], shown: Set<string>): void {
    for (const [type, value, , , children = []] of tokens) {
      if (type === '>') {
        for (const name of this.placeholdersIn(partialFile(this.kind, value), path)) shown.add(name);
      } else if (type === '&') {
        shown.add(value);
        this.problems.push(`${file}: {{{${value}}}} is not escaped. Write {{${value}}}.`);
      } else if (type === 'name' || type === '#' || type === '^') {
        if (type === 'name') shown.add(value);
        if (!this.knownPlaceholders.includes(value)) this.problems.push(this.unknownPlaceholder(file, value));
        if (type !== 'name') this.visit(children, file, path, shown);
      }
    }
  }

  private unknownPlaceholder(file: string, value: string): string {
    const known = this.knownPlaceholders.join(', ');
    return `${file}: {{${value}}} is unknown in the email ${this.kind}. The placeholders are ${known}.`;
  }
}
