import { HelpOfView } from '../help/help-of-view';
import { LanguageButton } from '../layout/language-button';
import { Logo } from '../layout/logo';
import { useProductName } from '../session/deployment';
import { t } from './messages';

/** The top bar of somebody without an account. */
export function SetupTopBar({ domainName }: { readonly domainName?: string }) {
  const productName = useProductName();
  return (
    <header className="top-bar">
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <div className="top-bar-inner">
        <span className="brand">
          <Logo />
          <span className="brand-name">{productName}</span>
        </span>
        {domainName && <span className="top-bar-divider" aria-hidden="true" />}
        {domainName && <span className="domain-name">{domainName}</span>}
        <span className="top-bar-spacer" />
        <HelpOfView />
        <LanguageButton />
      </div>
    </header>
  );
}
