import { Link } from 'react-router';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';

const GUIDES = [
  ['okta', 'Okta', 'An app of your own with SCIM, or one of the catalogue'],
  ['entra-id', 'Microsoft Entra ID', 'An enterprise application with automatic provisioning'],
] as const;

/** Leads to the guides. */
export function SetUpGuidesCard() {
  return (
    <Card
      title="Connect your identity provider"
      description="Step by step, with the values of this domain filled in."
    >
      <ul className="guide-list">
        {GUIDES.map(([path, name, what]) => (
          <li key={path}>
            <Link to={`../${path}`} relative="path">
              <span className="two-lines">
                <span className="guide-name">{name}</span>
                <span className="subtle">{what}</span>
              </span>
              <Icon name="chevronRight" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
