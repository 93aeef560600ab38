import { Link, NavLink, Outlet, useLocation, useSearchParams } from 'react-router';
import sections from 'virtual:help/contents';
import { SearchField } from '../components/controls/search-field';
import { LanguageButton } from '../layout/language-button';
import { Logo } from '../layout/logo';
import { TopBar } from '../layout/top-bar';
import { useProductName } from '../session/deployment';
import { useSession } from '../session/session';
import { SignInPage } from '../session/sign-in-page';
import { HelpResults } from './help-results';
import { t } from './messages';
import { useMayReadHelp } from './use-help';

/** The frame of the help pages: search, navigation, and the page or the results of the search. */
export function HelpLayout() {
  const mayRead = useMayReadHelp();
  const { pathname } = useLocation();
  const [parameters, setParameters] = useSearchParams();
  const query = parameters.get('q') ?? '';
  if (!mayRead) return <SignInPage />;
  return (
    <>
      <HelpTopBar />
      <main className="page" id="main" tabIndex={-1}>
        <div className="help">
          <div className="help-aside">
            <SearchField
              label={t('searchHelp')}
              placeholder={t('searchHelp')}
              value={query}
              onChange={(text) => setParameters(text ? { q: text } : {}, { replace: true })}
            />
            <nav className="help-nav" aria-label={t('help')}>
              <NavLink to="/help" end className="side-link">
                {t('allHelpPages')}
              </NavLink>
              {sections.map(({ title, pages }) => (
                <div key={title} lang="en">
                  <p className="help-nav-title">{title}</p>
                  {pages.map((page) => (
                    <NavLink key={page.slug} to={`/help/${page.slug}`} className="side-link">
                      {page.title}
                    </NavLink>
                  ))}
                </div>
              ))}
            </nav>
            {pathname !== '/help' && (
              <Link className="phone-only" to="/help">
                {t('allHelpPages')}
              </Link>
            )}
          </div>
          {query ? <HelpResults query={query} /> : <Outlet />}
        </div>
      </main>
    </>
  );
}

/** The top bar of a signed-in user, or of somebody who is not signed in. */
function HelpTopBar() {
  const productName = useProductName();
  const { idToken } = useSession();
  if (idToken !== undefined) return <TopBar />;
  return (
    <header className="top-bar">
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <div className="top-bar-inner">
        <Link className="brand" to="/help" aria-label={t('productNameHelp', { productName })}>
          <Logo />
          <span className="brand-name">{productName}</span>
        </Link>
        <span className="top-bar-spacer" />
        <LanguageButton />
        <Link to="/">{t('signInToThePortal')}</Link>
      </div>
    </header>
  );
}
