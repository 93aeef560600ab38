import { Link } from 'react-router';
import { useConnectionReadiness } from '../../api/readiness';
import type { Connection } from '../../api/schema';
import { Card } from '../../components/display/card';
import { ProblemNotice } from '../../components/display/problem-notice';
import { Skeleton } from '../../components/display/skeleton';
import { FindingCard } from '../../diagnostics/finding-card';
import { useAccess } from '../../session/access';
import { Message, t } from '../messages';

/** Shows the readiness findings of one connection. */
export function ConnectionFindingsCard({ connection }: { readonly connection: Connection }) {
  const { domain } = useAccess();
  const readiness = useConnectionReadiness(domain.domainId, connection.connectionId);
  const findings = readiness.data?.findings ?? [];
  return (
    <Card
      title={t('findings')}
      aside={readiness.data && <span className="count">{findings.length}</span>}
      description={
        <>
          <Message
            id="whatNeedsAttentionConnectionReadiness"
            components={{ page: <Link to={`/domains/${domain.domainId}/settings/readiness`} /> }}
          />
        </>
      }
    >
      {readiness.error && <ProblemNotice error={readiness.error} onRetry={() => void readiness.refetch()} />}
      {readiness.isPending && <Skeleton lines={2} />}
      {readiness.data && findings.length === 0 && <p className="subtle">{t('noFindings')}</p>}
      {findings.length > 0 && (
        <ul className="findings">
          {findings.map((finding) => (
            <li key={finding.code}>
              <FindingCard finding={finding} headingLevel={3} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
