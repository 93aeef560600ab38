import { NavLink } from 'react-router';

interface TabLinksProps {
  readonly label: string;
  /** The path and the title of each link. */
  readonly links: readonly (readonly [string, string])[];
}

/** The main navigation of a domain. */
export function TabLinks({ label, links }: TabLinksProps) {
  return (
    <nav className="tabs" aria-label={label}>
      <div className="tabs-inner">
        {links.map(([path, title]) => (
          <NavLink key={path} to={path} className="tab">
            {title}
          </NavLink>
        ))}
      </div>
    </nav>
  );
}
