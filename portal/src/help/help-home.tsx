import { Link } from 'react-router';
import sections from 'virtual:help/contents';
import { PageHeader } from '../layout/page-header';
import { useProductName } from '../session/deployment';
import { t } from './messages';

/** The list of all help pages. */
export function HelpHome() {
  const productName = useProductName();
  return (
    <div className="help-page">
      <PageHeader title={t('help')} description={t('helpDescription', { productName })} />
      {sections.map(({ title, pages }) => (
        <section className="help-section" lang="en" key={title}>
          <h2>{title}</h2>
          <ul className="help-cards">
            {pages.map((page) => (
              <li key={page.slug}>
                <Link to={`/help/${page.slug}`}>{page.title}</Link>
                <p className="subtle">{page.summary}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
