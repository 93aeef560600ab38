import { Link } from 'react-router';
import type { Finding } from '../api/schema';
import { type DetailRow, detailPath, hasNames } from '../format/detail-links';
import { findingLabel } from '../format/findings';
import type { Tone } from '../format/tone';
import { useAccess } from '../session/access';
import { DisclosureSection } from '../components/display/disclosure-section';
import { DocsLink } from '../components/display/docs-link';
import { Icon, type IconName } from '../components/display/icon';
import { Tag } from '../components/display/tag';
import { detailTitle } from '../format/titles/detail-names';
import { isTimestamp, formatValue } from '../format/value';
import { visible } from '../format/visible';
import { DataTable } from '../components/display/data-table';
import { Time } from '../components/display/time';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

/** Shows the details of a finding: one row per case, one column per property. */
function FindingDetailsTable({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly DetailRow[];
}) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <DataTable
      caption={t('details')}
      exportAs={{ name: title }}
      rows={rows}
      keyOf={(row) => JSON.stringify(row)}
      columns={names.map((name) => ({
        title: detailTitle(name),
        isExportOnly: hasNames(name, rows),
        cell: (row: DetailRow) => <Value name={name} row={row} />,
        text: (row: DetailRow) => exportedText(row[name]),
      }))}
    />
  );
}

const exportedText = (value: unknown): string => (isTimestamp(value) ? value : formatValue(value));

/** The properties whose values are sentences of the service. */
const SENTENCES: readonly string[] = ['reason', 'detail', 'suggestion', 'example'];

/** Shows a property, with a link to what it stands for. */
function Value({ name, row }: { readonly name: string; readonly row: DetailRow }) {
  const { domain } = useAccess();
  const value = row[name];
  if (isTimestamp(value)) return <Time at={value} />;
  const text = formatValue(value);
  const path = detailPath(name, row);
  if (path !== undefined) return <Link to={`/domains/${domain.domainId}/${path}`}>{text}</Link>;
  return SENTENCES.includes(name) ? <ServiceText>{text}</ServiceText> : text;
}

const SEVERITIES: Readonly<Record<Finding['severity'], { tone: Tone; text: string; icon: IconName }>> = {
  error: { tone: 'bad', text: t('actionRequired'), icon: 'error' },
  warning: { tone: 'warning', text: t('needsAttention'), icon: 'warning' },
  info: { tone: 'info', text: t('goodToKnow'), icon: 'info' },
};

interface FindingCardProps {
  readonly finding: Finding;
  /** @default 2 */
  readonly headingLevel?: 2 | 3;
}

export function FindingCard({ finding, headingLevel = 2 }: FindingCardProps) {
  const { domain } = useAccess();
  const { tone, text, icon } = SEVERITIES[finding.severity];
  const { title, link } = findingLabel(finding.code);
  const Heading = `h${headingLevel}` as const;
  return (
    <article className={`finding finding-${tone}`}>
      <Icon name={icon} />
      <div className="finding-text">
        <div className="finding-head">
          <Heading>{title}</Heading>
          <Tag tone={tone}>{text}</Tag>
        </div>
        <p>{visible(finding.found)}</p>
        <p className="finding-action">{visible(finding.action)}</p>
        {finding.details && finding.details.length > 0 && (
          <DisclosureSection title={t('details')}>
            <FindingDetailsTable title={title} rows={finding.details} />
          </DisclosureSection>
        )}
        <div className="finding-links">
          {link && <Link to={`/domains/${domain.domainId}/${link.path}`}>{link.text}</Link>}
          <DocsLink page={`readiness.md#${finding.code}`}>{t('whatMeansHowFix')}</DocsLink>
        </div>
      </div>
    </article>
  );
}
