import { Link } from 'react-router';
import { useLicense } from '../api/users';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { LicenseHistory } from '../licenses/license-history';
import { Notice } from '../components/display/notice';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';
import { t } from './messages';

/** The page of a deleted user, whose license and history are kept. */
export function DeletedUser({ userId }: { readonly userId: string }) {
  const { domain } = useAccess();
  const { data, error, isPending, refetch } = useLicense(domain.domainId, userId);
  if (isPending) return <Skeleton lines={6} />;
  if (error) {
    return (
      <>
        <PageHeader title={t('user')} />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  const { license, history } = data;
  return (
    <>
      <PageHeader
        title={visible(license.name ?? license.userName)}
        aside={<Tag tone="neutral">{t('deleted')}</Tag>}
        description={visible(license.userName)}
      />
      <Notice tone="info" title={t('identityProviderDeletedUser')}>
        <p>{t('licenseEndedHistoryKept')}</p>
      </Notice>
      <Card
        title={t('license')}
        action={<Link to={`../audit-log?resource=${userId}`}>{t('viewInAuditLog')}</Link>}
      >
        <DescriptionList
          items={[
            [t('type'), license.userType],
            [t('emailAddress'), license.email ?? t('none')],
            [t('ended'), license.changedAt ? <Time key="ended" at={license.changedAt} /> : '–'],
            [t('userId'), <code key="id">{userId}</code>],
          ]}
        />
      </Card>
      <Card title={t('licenseHistory')} description={t('last50EntriesNewestFirst')}>
        <LicenseHistory events={history} />
      </Card>
    </>
  );
}
