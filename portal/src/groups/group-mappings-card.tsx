import { Link } from 'react-router';
import type { Group, Mapping } from '../api/schema';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';
import { targetTitle } from '../format/titles/mapping-titles';
import { useAccess } from '../session/access';
import { t } from './messages';

interface GroupMappingsCardProps {
  readonly group: Group;
  readonly mappings: readonly Mapping[];
}

/** Shows what the mappings of a group give its members. */
export function GroupMappingsCard({ group: { displayName }, mappings }: GroupMappingsCardProps) {
  const { mayChange } = useAccess();
  const search = new URLSearchParams({ group: displayName });
  return (
    <Card
      title={t('mappings')}
      aside={<span className="count">{mappings.length}</span>}
      description={t('whatMembersGroupGet')}
      action={
        mayChange ? (
          <Link className="button button-secondary" to={`../settings/mappings?${search.toString()}`}>
            {t('addMapping')}
          </Link>
        ) : (
          <Link to="../settings/mappings">{t('allMappings')}</Link>
        )
      }
    >
      {mappings.length === 0 && <p className="subtle">{t('noMappingNamesThisGroup')}</p>}
      <ul className="group-list">
        {mappings.map(({ id, to }) => (
          <li key={id}>
            <Icon name="arrowRight" />
            {targetTitle(to)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
