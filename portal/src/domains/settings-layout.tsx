import { NavLink, Outlet } from 'react-router';

const SETTINGS_PAGES = [
  ['scim', 'SCIM Provisioning'],
  ['okta', 'Connect Okta'],
  ['entra-id', 'Connect Entra ID'],
  ['setup-links', 'Setup links'],
  ['domain', 'Domain and seats'],
  ['mappings', 'Mappings'],
  ['administrators', 'Administrators'],
  ['mail-problems', 'Email problems'],
  ['events', 'Events'],
  ['readiness', 'Readiness'],
] as const;

export function SettingsLayout() {
  return (
    <div className="settings">
      <nav className="side-nav" aria-label="Settings">
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
