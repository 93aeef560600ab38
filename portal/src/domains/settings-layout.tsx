import { NavLink, Outlet } from 'react-router';
import { t } from './messages';

const SETTINGS_PAGES = [
  ['scim', t('scimProvisioning')],
  ['okta', t('connectOkta')],
  ['entra-id', t('connectEntraId')],
  ['setup-links', t('setupLinks')],
  ['domain', t('domainAndSeats')],
  ['mappings', t('mappings')],
  ['administrators', t('administrators')],
  ['mail-problems', t('emailProblems')],
  ['events', t('events')],
  ['readiness', t('readiness')],
] as const;

export function SettingsLayout() {
  return (
    <div className="settings">
      <nav className="side-nav" aria-label={t('settings')}>
        {SETTINGS_PAGES.map(([path, title]) => (
          <NavLink key={path} to={path} className="side-link">
            {title}
          </NavLink>
        ))}
      </nav>
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  );
}
