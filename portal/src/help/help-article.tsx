import { useEffect } from 'react';
import { Link, type LoaderFunctionArgs, useLoaderData, useLocation } from 'react-router';
import { DisclosureSection } from '../components/display/disclosure-section';
import { EmptyState } from '../components/display/empty-state';
import { language } from '../i18n/language';
import { PageHeader } from '../layout/page-header';
import { HelpContent } from './help-content';
import { t } from './messages';
import { loadHelpPage } from './load-page';
import { type HelpElement, type HelpPage, textOf } from './tree';

/** Loads the page before it is shown, so that a link to one of its sections finds the section. */
export const loadArticle = ({ params }: LoaderFunctionArgs): Promise<HelpPage | undefined> =>
  loadHelpPage(params.slug ?? '');

export function HelpArticle() {
  const page = useLoaderData<HelpPage | undefined>();
  useLinkedSection(page);
  if (!page) return <UnknownPage />;
  const headings = page.content.filter(
    (node): node is HelpElement => typeof node !== 'string' && node.tag === 'h2',
  );
  return (
    <article className="help-page" lang="en" key={page.slug}>
      <PageHeader title={page.title} />
      {headings.length > 2 && (
        <div lang={language}>
          <DisclosureSection title={t('onThisPage')} headingLevel={2}>
            <ul className="help-contents" lang="en">
              {headings.map(({ id, children = [] }) => (
                <li key={id}>
                  <Link to={`#${id}`}>{textOf(children)}</Link>
                </li>
              ))}
            </ul>
          </DisclosureSection>
        </div>
      )}
      <div className="prose">
        <HelpContent nodes={page.content} />
      </div>
    </article>
  );
}

function UnknownPage() {
  return (
    <div className="help-page">
      <PageHeader title={t('noSuchPage')} />
      <EmptyState
        icon="search"
        title={t('pageMayBeRenamed')}
        action={<Link to="/help">{t('allHelpPages')}</Link>}
      >
        {t('searchOrChoosePage')}
      </EmptyState>
    </div>
  );
}

/** Scrolls to the section that the address names, and moves the focus there. */
function useLinkedSection(page: HelpPage | undefined): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    const section = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  }, [page, hash, key]);
}
