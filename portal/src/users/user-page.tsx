import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem } from '../api/problem';
import type { License, UserDetail } from '../api/schema';
import { useUser } from '../api/users';
import { Card } from '../components/display/card';
import { DisclosureSection } from '../components/display/disclosure-section';
import { DescriptionList } from '../components/display/description-list';
import { Notice } from '../components/display/notice';
import { Icon } from '../components/display/icon';
import { LicenseHistory } from '../licenses/license-history';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Day, Time } from '../components/display/time';
import { licenseStatusLabel } from '../format/labels';
import { useAccess } from '../session/access';
import { DeletedUser } from './deleted-user';
import { MailProblemNotice } from '../mail/mail-problem-notice';
import { mappingReason, OrganizationsCard, Result } from './mapping-results';
import { UserActions } from './user-actions';
import { visible } from '../format/visible';

/** Shows a value as JSON. */
function JsonView({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    // The element scrolls, so it must be focusable.
    <pre className="code-block" tabIndex={0} role="region" aria-label={label}>
      {JSON.stringify(value, undefined, 2)}
    </pre>
  );
}

export function UserPage() {
  const { domain } = useAccess();
  const { userId = '' } = useParams();
  const user = useUser(domain.domainId, userId);
  const isDeleted = user.error instanceof ApiProblem && user.error.status === 404;
  return (
    <>
      <Link className="back-link" to="..">
        <Icon name="arrowLeft" />
        Users
      </Link>
      {isDeleted && <DeletedUser userId={userId} />}
      {!isDeleted && !user.data && <PageHeader title="User" />}
      {!isDeleted && user.error && <ProblemNotice error={user.error} onRetry={() => void user.refetch()} />}
      {user.isPending && <Skeleton lines={8} />}
      {!isDeleted && user.data && <UserDetails detail={user.data} />}
    </>
  );
}

function UserDetails({ detail }: { readonly detail: UserDetail }) {
  const { mayChange } = useAccess();
  const { user, history, scim } = detail;
  const { tone, text } = licenseStatusLabel(user);
  return (
    <>
      <PageHeader
        title={visible(user.displayName ?? user.userName)}
        aside={<Tag tone={tone}>{text}</Tag>}
        description={visible(user.userName)}
        actions={mayChange && <UserActions user={user} />}
      />
      <MailProblemNotice user={user} />
      {user.active && user.license && !user.license.email && (
        <Notice tone="warning" title="This user has no email address">
          <p>
            The license key waits. Add an address in your identity provider, and the key is emailed to it.
          </p>
        </Notice>
      )}
      <div className="columns">
        <LicenseCard detail={detail} />
        <GroupsCard detail={detail} />
      </div>
      <OrganizationsCard detail={detail} />
      <Card title="License history" description="The last 50 entries, newest first.">
        <LicenseHistory events={history} />
      </Card>
      <Card
        title="Data from the identity provider"
        action={<Link to={`../audit-log?resource=${user.userId}`}>View in audit log</Link>}
      >
        <DisclosureSection title="Show the SCIM resource">
          <JsonView label="SCIM resource" value={scim} />
        </DisclosureSection>
      </Card>
    </>
  );
}

/** Shows what the next activation does to the key of an inactive license. */
function keyItems(license: License | undefined): [string, ReactNode][] {
  if (license?.status !== 'inactive' || !license.changedAt) return [];
  const { keyKeptUntil } = license;
  return [
    [
      'License key',
      keyKeptUntil ? (
        <>
          Works again if the user becomes active before <Day at={keyKeptUntil} />
        </>
      ) : (
        'Ended; the user gets a new key when active again'
      ),
    ],
  ];
}

function Type({ detail, license }: { readonly detail: UserDetail; readonly license: License }) {
  return <Result text={license.userType} reason={mappingReason(detail, license.userTypeMapping)} />;
}

function LicenseCard({ detail }: { readonly detail: UserDetail }) {
  const { user } = detail;
  const { license } = user;
  return (
    <Card title="License">
      <DescriptionList
        items={[
          ['Type', license ? <Type key="type" detail={detail} license={license} /> : 'None'],
          ...(license?.noLicenseMapping === undefined
            ? []
            : ([['No license', mappingReason(detail, license.noLicenseMapping) ?? 'By a mapping']] as const)),
          ['Email address', license?.email ?? 'None'],
          ...keyItems(license),
          ['Last license change', license?.changedAt ? <Time at={license.changedAt} /> : '–'],
          ['Active in the identity provider', user.active ? 'Yes' : 'No'],
          ['Created', <Time key="created" at={user.createdAt} />],
          ['User ID', <code key="id">{user.userId}</code>],
        ]}
      />
    </Card>
  );
}

function GroupsCard({ detail: { groups } }: { readonly detail: UserDetail }) {
  return (
    <Card title="Groups" aside={<span className="count">{groups.length}</span>}>
      {groups.length === 0 && (
        <p className="subtle">No groups. Push groups from your identity provider to see them here.</p>
      )}
      <ul className="group-list">
        {groups.map(({ groupId, displayName }) => (
          <li key={groupId}>
            <Icon name="people" />
            <Link to={`../groups/${groupId}`}>{visible(displayName ?? groupId)}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
