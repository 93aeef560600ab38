import type { UserDetail } from '../api/schema';
import { ROLE_TITLES } from '../format/labels';
import { sourceTitle } from '../format/titles/mapping-titles';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';
import { visible } from '../format/visible';
import { t } from './messages';

/**
 * Returns why a mapping applies to the user, such as "Members of the group Engineering"; undefined if it is
 * gone.
 */
export function mappingReason({ mappings }: UserDetail, mappingId: string | undefined): string | undefined {
  const mapping = mappings.find(({ id }) => id === mappingId);
  return mapping && t('becauseOfMapping', { source: sourceTitle(mapping.from) });
}

/** Shows the organizations of a user and the role in the portal, each with its reason. */
export function OrganizationsCard({ detail }: { readonly detail: UserDetail }) {
  const { organizations = [], administrator } = detail.user.license ?? {};
  if (organizations.length === 0 && !administrator) return null;
  return (
    <Card title={t('organizations')} aside={<span className="count">{organizations.length}</span>}>
      <ul className="group-list">
        {organizations.map(({ organization, role, mappingId }) => (
          <li key={`${organization} ${role}`}>
            <Icon name="people" />
            <Result
              text={`${visible(organization)}: ${visible(role)}`}
              reason={mappingReason(detail, mappingId)}
            />
          </li>
        ))}
        {administrator && (
          <li>
            <Icon name="person" />
            <Result
              text={t('portalRole', { role: ROLE_TITLES[administrator.role] })}
              reason={mappingReason(detail, administrator.mappingId)}
            />
          </li>
        )}
      </ul>
    </Card>
  );
}

/** Shows what a mapping gives, and why. */
export function Result({ text, reason }: { readonly text: string; readonly reason: string | undefined }) {
  return (
    <span className="two-lines">
      <span>{text}</span>
      {reason && <span className="subtle">{reason}</span>}
    </span>
  );
}
