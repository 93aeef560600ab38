import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem } from '../api/client/problem';
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
import { ManagedUserActions } from '../managed-users/managed-user-actions';
import { ManagedTag } from '../managed-users/managed-tag';
import { UserActions } from './user-actions';
import { visible } from '../format/visible';
import { Message, t } from './messages';

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
        {t('users')}
      </Link>
      {isDeleted && <DeletedUser userId={userId} />}
      {!isDeleted && !user.data && <PageHeader title={t('user')} />}
      {!isDeleted && user.error && <ProblemNotice error={user.error} onRetry={() => void user.refetch()} />}
      {user.isPending && <Skeleton lines={8} />}
      {!isDeleted && user.data && <UserDetails detail={user.data} />}
    </>
  );
}

function UserDetails({ detail }: { readonly detail: UserDetail }) {
  const { mayChange } = useAccess();
  const { user, history, scim } = detail;
  const isManual = user.managedBy === 'administrator';
  const { tone, text } = licenseStatusLabel(user);
  return (
    <>
      <PageHeader
        title={visible(user.displayName ?? user.userName)}
        aside={
          <>
            <Tag tone={tone}>{text}</Tag>
            <ManagedTag user={user} />
          </>
        }
        description={visible(user.userName)}
        actions={
          mayChange && (
            <>
              <UserActions user={user} />
              <ManagedUserActions detail={detail} />
            </>
          )
        }
      />
      <MailProblemNotice user={user} />
      {user.active && user.license && !user.license.email && (
        <Notice tone="warning" title={t('userNoEmailAddress')}>
          <p>{isManual ? t('licenseKeyWaitsEditUser') : t('licenseKeyWaitsAddAddress')}</p>
        </Notice>
      )}
      <div className="columns">
        <LicenseCard detail={detail} />
        <GroupsCard detail={detail} />
      </div>
      <OrganizationsCard detail={detail} />
      <Card title={t('licenseHistory')} description={t('last50EntriesNewestFirst')}>
        <LicenseHistory events={history} />
      </Card>
      <Card
        title={isManual ? t('dataOfTheUser') : t('dataFromTheIdentityProvider')}
        action={<Link to={`../audit-log?resource=${user.userId}`}>{t('viewInAuditLog')}</Link>}
      >
        <DisclosureSection title={t('showTheScimResource')}>
          <JsonView label={t('scimResource')} value={scim} />
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
      t('licenseKey'),
      keyKeptUntil ? (
        <>
          <Message id="worksAgainUserBecomesActive" components={{ day: <Day at={keyKeptUntil} /> }} />
        </>
      ) : (
        t('endedUserGetsNewKey')
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
    <Card title={t('license')}>
      <DescriptionList
        items={[
          [t('type'), license ? <Type key="type" detail={detail} license={license} /> : t('none')],
          ...(license?.noLicenseMapping === undefined
            ? []
            : ([
                [t('noLicense'), mappingReason(detail, license.noLicenseMapping) ?? t('byAMapping')],
              ] as const)),
          [t('emailAddress'), license?.email ?? t('none')],
          ...keyItems(license),
          [t('lastLicenseChange'), license?.changedAt ? <Time at={license.changedAt} /> : '–'],
          [t('userIsActive'), user.active ? t('yes') : t('no')],
          [t('created'), <Time key="created" at={user.createdAt} />],
          [t('userId'), <code key="id">{user.userId}</code>],
        ]}
      />
    </Card>
  );
}

function GroupsCard({ detail: { user, groups } }: { readonly detail: UserDetail }) {
  return (
    <Card title={t('groups')} aside={<span className="count">{groups.length}</span>}>
      {groups.length === 0 && (
        <p className="subtle">
          {user.managedBy === 'administrator' ? t('noGroups') : t('noGroupsPushGroupsIdentity')}
        </p>
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
