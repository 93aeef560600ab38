import { Link } from 'react-router';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';
import { t } from './messages';

const GUIDES = [
  ['okta', 'Okta', t('customScimAppAppCatalog')],
  ['entra-id', 'Microsoft Entra ID', t('enterpriseApplicationAutomaticProvisioning')],
] as const;

/** Links to the setup guides. */
export function SetUpGuidesCard() {
  return (
    <Card title={t('connectYourIdentityProvider')} description={t('followStepStepGuideValues')}>
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
