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

/** The page of a deleted user, whose license and history are kept. */
export function DeletedUser({ userId }: { readonly userId: string }) {
  const { domain } = useAccess();
  const { data, error, isPending, refetch } = useLicense(domain.domainId, userId);
  if (isPending) return <Skeleton lines={6} />;
  if (error) {
    return (
      <>
        <PageHeader title="User" />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  const { license, history } = data;
  return (
    <>
      <PageHeader
        title={visible(license.name ?? license.userName)}
        aside={<Tag tone="neutral">Deleted</Tag>}
        description={visible(license.userName)}
      />
      <Notice tone="info" title="Your identity provider deleted this user">
        <p>The license has ended. Its history is kept.</p>
      </Notice>
      <Card title="License" action={<Link to={`../audit-log?resource=${userId}`}>View in audit log</Link>}>
        <DescriptionList
          items={[
            ['Type', license.userType],
            ['Email address', license.email ?? 'None'],
            ['Ended', license.changedAt ? <Time key="ended" at={license.changedAt} /> : '–'],
            ['User ID', <code key="id">{userId}</code>],
          ]}
        />
      </Card>
      <Card title="License history" description="The last 50 entries, newest first.">
        <LicenseHistory events={history} />
      </Card>
    </>
  );
}
