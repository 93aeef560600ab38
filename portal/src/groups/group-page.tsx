import { Link, useParams } from 'react-router';
import { useGroup, useGroupMemberPages, useGroupMembers } from '../api/groups';
import type { Group, GroupDetail } from '../api/schema';
import { LoadMore } from '../components/controls/load-more';
import { Card } from '../components/display/card';
import { DataTable } from '../components/display/data-table';
import { DescriptionList } from '../components/display/description-list';
import { Icon } from '../components/display/icon';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { GroupMappingsCard } from './group-mappings-card';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { userColumns } from '../users/user-columns';
import { formatNumber } from '../i18n/catalog';
import { t } from './messages';

export function GroupPage() {
  const { domain } = useAccess();
  const { groupId = '' } = useParams();
  const group = useGroup(domain.domainId, groupId);
  return (
    <>
      <Link className="back-link" to="../groups">
        <Icon name="arrowLeft" />
        {t('groups')}
      </Link>
      {!group.data && <PageHeader title={t('group')} />}
      {group.error && <ProblemNotice error={group.error} onRetry={() => void group.refetch()} />}
      {group.isPending && <Skeleton lines={8} />}
      {group.data && <GroupDetails detail={group.data} />}
    </>
  );
}

function GroupDetails({ detail: { group, mappings } }: { readonly detail: GroupDetail }) {
  const { groupId, displayName, externalId, memberCount, createdAt, lastModified } = group;
  return (
    <>
      <PageHeader title={visible(displayName)} />
      <Card
        title={t('group')}
        action={<Link to={`../audit-log?resource=${groupId}`}>{t('viewInAuditLog')}</Link>}
      >
        <DescriptionList
          items={[
            [t('members'), formatNumber(memberCount)],
            [t('idInTheIdentityProvider'), externalId === undefined ? t('none') : visible(externalId)],
            [t('lastChange'), <Time key="changed" at={lastModified} />],
            [t('created'), <Time key="created" at={createdAt} />],
            [t('groupId'), <code key="id">{groupId}</code>],
          ]}
        />
      </Card>
      <GroupMappingsCard group={group} mappings={mappings} />
      <MembersCard group={group} />
    </>
  );
}

const COLUMNS = userColumns('../users/');

function MembersCard({ group: { groupId, displayName, memberCount } }: { readonly group: Group }) {
  const { domain } = useAccess();
  const members = useGroupMembers(domain.domainId, groupId);
  const load = useGroupMemberPages(domain.domainId, groupId);
  const rows = members.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card title={t('members')} aside={<span className="count">{formatNumber(memberCount)}</span>}>
      {members.error && <ProblemNotice error={members.error} onRetry={() => void members.refetch()} />}
      {members.isPending && <Skeleton lines={4} />}
      {members.data && rows.length === 0 && <p className="subtle">{t('theGroupHasNoMembers')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('members')}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ userId }) => userId}
          isRowLinked
          exportAs={{ name: `${displayName} ${t('members')}`, load }}
        />
      )}
      <LoadMore query={members}>{t('showMoreMembers')}</LoadMore>
    </Card>
  );
}
