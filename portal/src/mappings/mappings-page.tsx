import { useMappings } from '../api/mappings';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { EvaluationProgress } from './evaluation-progress';
import { MappingEditor } from './mapping-editor';
import { t } from './messages';

export function MappingsPage() {
  const { domain } = useAccess();
  const mappings = useMappings(domain.domainId);
  return (
    <>
      <PageHeader title={t('mappings')} description={t('mappingsGiveUsersUserType')} />
      {mappings.error && !mappings.data && (
        <ProblemNotice error={mappings.error} onRetry={() => void mappings.refetch()} />
      )}
      {mappings.isPending && <Skeleton lines={8} />}
      {mappings.data?.evaluation && <EvaluationProgress evaluation={mappings.data.evaluation} />}
      {mappings.data && <MappingEditor mappings={mappings.data} />}
    </>
  );
}
