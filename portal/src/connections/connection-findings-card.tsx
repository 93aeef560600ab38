import { Link } from 'react-router';
import { useConnectionReadiness } from '../api/readiness';
import type { Connection } from '../api/schema';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { FindingCard } from '../diagnostics/finding-card';
import { useAccess } from '../session/access';

/** Shows the readiness findings of one connection. */
export function ConnectionFindingsCard({ connection }: { readonly connection: Connection }) {
  const { domain } = useAccess();
  const readiness = useConnectionReadiness(domain.domainId, connection.connectionId);
  const findings = readiness.data?.findings ?? [];
  return (
    <Card
      title="Findings"
      aside={readiness.data && <span className="count">{findings.length}</span>}
      description={
        <>
          What needs attention in this connection.{' '}
          <Link to={`/domains/${domain.domainId}/settings/readiness`}>Readiness</Link> also lists the findings
          of the domain.
        </>
      }
    >
      {readiness.error && <ProblemNotice error={readiness.error} onRetry={() => void readiness.refetch()} />}
      {readiness.isPending && <Skeleton lines={2} />}
      {readiness.data && findings.length === 0 && <p className="subtle">No findings.</p>}
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
