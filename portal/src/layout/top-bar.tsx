import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Role } from '../api/schema';
import { useProductName } from '../session/deployment';
import { Icon } from '../components/display/icon';
import { HelpOfView } from '../help/help-of-view';
import { Logo } from './logo';
import { UserMenu } from './user-menu';
import { t } from './messages';

interface TopBarProps {
  /** The name of the current domain. */
  readonly domainName?: string;
  /** The user's role in the domain. */
  readonly role?: Role;
  /** If true, the user can choose another domain. */
  readonly hasOtherDomains?: boolean;
  /** A link to findings that need attention. */
  readonly hint?: ReactNode;
}

export function TopBar({ domainName, role, hasOtherDomains = false, hint }: TopBarProps) {
  const productName = useProductName();
  return (
    <header className="top-bar">
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <div className="top-bar-inner">
        <Link className="brand" to="/" aria-label={t('productNameStartPage', { productName })}>
          <Logo />
          <span className="brand-name">{productName}</span>
        </Link>
        {domainName && <span className="top-bar-divider" aria-hidden="true" />}
        {domainName && !hasOtherDomains && <span className="domain-name">{domainName}</span>}
        {domainName && hasOtherDomains && (
          <Link
            className="domain-name domain-link"
            to="/domains"
            aria-label={t('domainNameChooseAnotherDomain', { domainName })}
          >
            <span>{domainName}</span>
            <Icon name="chevronDown" />
          </Link>
        )}
        <span className="top-bar-spacer" />
        {hint}
        <HelpOfView />
        <UserMenu role={role} />
      </div>
    </header>
  );
}
