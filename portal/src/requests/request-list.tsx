import { Button } from 'react-aria-components';
import { useConnectionName } from '../api/connections/connections';
import type { PageLoader } from '../api/client/page-loader';
import type { Request } from '../api/schema';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import {
  clientName,
  durationText,
  requestLine,
  similarText,
  statusText,
  statusTone,
} from '../format/request';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

interface RequestListProps {
  readonly requests: readonly Request[];
  readonly isStale: boolean;
  readonly onShow: (request: Request) => void;
  /** Loads the pages for an export. */
  readonly load: PageLoader<Request>;
}

export function RequestList({ requests, isStale, onShow, load }: RequestListProps) {
  const { domain } = useAccess();
  const connectionName = useConnectionName(domain.domainId);
  const columns: readonly Column<Request>[] = [
    {
      title: t('request'),
      text: (request) => requestLine(request),
      cell: (request) => (
        <span className="two-lines">
          <Button className="text-button request-line" onPress={() => onShow(request)}>
            {visible(requestLine(request))}
          </Button>
          {request.reason && (
            <span className="subtle">
              <ServiceText>{request.reason}</ServiceText>
            </span>
          )}
          {similarText(request) && <span className="subtle">{similarText(request)}</span>}
        </span>
      ),
    },
    { title: t('reason'), isExportOnly: true, cell: ({ reason }) => reason ?? '' },
    {
      title: t('status'),
      text: ({ status }) => status,
      cell: (request) => <Tag tone={statusTone(request)}>{statusText(request)}</Tag>,
    },
    {
      title: t('client'),
      text: (request) => connectionName(request.connectionId) ?? request.credential.name,
      cell: (request) => (
        <span className="two-lines">
          <span>{clientName(request)}</span>
          <span className="subtle">
            {visible(connectionName(request.connectionId) ?? request.credential.name ?? '')}
          </span>
        </span>
      ),
    },
    {
      title: t('duration'),
      align: 'end',
      isDesktopOnly: true,
      cell: ({ milliseconds }) => durationText(milliseconds),
      text: ({ milliseconds }) => milliseconds,
    },
    { title: t('time'), cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
  ];
  return (
    <DataTable
      caption={t('requestsNewestFirst')}
      columns={columns}
      rows={requests}
      keyOf={({ id }) => id}
      isStale={isStale}
      isRowLinked
      exportAs={{ name: t('requests'), load }}
    />
  );
}
