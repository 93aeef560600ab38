import { Icon } from './icon';
import { t } from './messages';

interface DocsLinkProps {
  /**
   * The document of a help page, with the anchor of a section if it is about one: `readiness.md#seats-gone`.
   */
  readonly page: string;
  readonly children: string;
}

/** A link to a help page, in a new tab, because it would close forms and secrets that are shown once. */
export function DocsLink({ page, children }: DocsLinkProps) {
  return (
    <p className="docs-link">
      <a href={`/help/${page.replace('.md', '')}`} target="_blank" rel="noreferrer">
        {children}
        <Icon name="external" />
        <span className="visually-hidden">{t('opensInANewTab')}</span>
      </a>
    </p>
  );
}
