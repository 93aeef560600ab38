import { useReadiness } from '../api/readiness';
import { Button } from '../components/controls/button';
import { FindingCard } from './finding-card';
import { Notice } from '../components/display/notice';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { Message, t } from './messages';

export function ReadinessPage() {
  const { domain } = useAccess();
  const readiness = useReadiness(domain.domainId);
  const { data } = readiness;
  return (
    <>
      <PageHeader
        title={t('readiness')}
        description={
          data ? (
            <>
              <Message id="checked" components={{ time: <Time at={data.checkedAt} /> }} />
            </>
          ) : (
            t('findingsThatNeedYourAttention')
          )
        }
        actions={
          <Button isPending={readiness.isFetching} onPress={() => void readiness.refetch()}>
            {t('checkAgain')}
          </Button>
        }
      />
      {readiness.error && <ProblemNotice error={readiness.error} onRetry={() => void readiness.refetch()} />}
      {readiness.isPending && <Skeleton lines={5} />}
      {data?.findings.length === 0 && (
        <Notice tone="good" title={t('noFindings')}>
          <p>{t('nothingNeedsYourAttention')}</p>
        </Notice>
      )}
      {data && data.findings.length > 0 && (
        <ul className="findings">
          {data.findings.map((finding) => (
            <li key={finding.code}>
              <FindingCard finding={finding} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
