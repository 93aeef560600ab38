import { Link } from 'react-router';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';

const GUIDES = [
  ['okta', 'Okta', 'A custom SCIM app, or an app from the catalog'],
  ['entra-id', 'Microsoft Entra ID', 'An enterprise application with automatic provisioning'],
] as const;

/** Links to the setup guides. */
export function SetUpGuidesCard() {
  return (
    <Card
      title="Connect your identity provider"
      description="Follow a step-by-step guide with the values of this domain filled in."
    >
      <ul className="guide-list">
        {GUIDES.map(([path, name, description]) => (
          <li key={path}>
            <Link to={`../${path}`} relative="path">
              <span className="two-lines">
                <span className="guide-name">{name}</span>
                <span className="subtle">{description}</span>
              </span>
              <Icon name="chevronRight" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
