import { useDocsUrl } from '../../session/deployment';
import { Icon } from './icon';
import { t } from './messages';

/** A link of a finding into the documentation. If it is not a web address, it is shown as text. */
export function FindingDocsLink({ link }: { readonly link: string }) {
  if (!/^https?:/.test(link)) return <p className="subtle">{t('seeLink', { link })}</p>;
  return (
    <a className="docs-link" href={link} target="_blank" rel="noreferrer">
      {t('whatMeansHowFix')}
      <Icon name="external" />
      <span className="visually-hidden">{t('opensInANewTab')}</span>
    </a>
  );
}

/** A link into the documentation, in a new tab. Renders nothing if the documentation has no web address. */
export function DocsLink({ page, children }: { readonly page: string; readonly children: string }) {
  const urlOf = useDocsUrl();
  if (!urlOf) return null;
  return (
    <p className="docs-link">
      <a href={urlOf(page)} target="_blank" rel="noreferrer">
        {children}
        <Icon name="external" />
        <span className="visually-hidden">{t('opensInANewTab')}</span>
      </a>
    </p>
  );
}
