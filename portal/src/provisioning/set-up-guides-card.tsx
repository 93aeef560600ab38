import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Card } from '../components/display/card';
import { Icon, type IconName } from '../components/display/icon';
import { IDENTITY_PROVIDERS } from '../format/connection';
import { t } from './messages';

const GUIDES = [
  ['okta', IDENTITY_PROVIDERS.okta, t('customScimAppAppCatalog')],
  ['entra-id', IDENTITY_PROVIDERS['entra-id'], t('enterpriseApplicationAutomaticProvisioning')],
] as const;

/** Links to the setup guides, and to the help pages about other identity providers. */
export function SetUpGuidesCard() {
  return (
    <Card title={t('connectYourIdentityProvider')} description={t('followStepStepGuideValues')}>
      <ul className="guide-list">
        {GUIDES.map(([path, name, description]) => (
          <li key={path}>
            <Link to={`../${path}`} relative="path">
              <GuideEntry name={name} description={description} icon="chevronRight" />
            </Link>
          </li>
        ))}
        <li>
          <a href="/help/connect" target="_blank" rel="noreferrer">
            <GuideEntry
              name={IDENTITY_PROVIDERS.other}
              description={t('guidesOfOtherProviders')}
              icon="external"
            >
              <span className="visually-hidden">{t('opensInANewTab')}</span>
            </GuideEntry>
          </a>
        </li>
      </ul>
    </Card>
  );
}

interface GuideEntryProps {
  readonly name: string;
  readonly description: string;
  readonly icon: IconName;
  /** Only for screen readers. */
  readonly children?: ReactNode;
}

function GuideEntry({ name, description, icon, children }: GuideEntryProps) {
  return (
    <>
      <span className="two-lines">
        <span className="guide-name">{name}</span>
        <span className="subtle">{description}</span>
      </span>
      <Icon name={icon} />
      {children}
    </>
  );
}
