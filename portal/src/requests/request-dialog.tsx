import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnectionName } from '../api/connections';
import { useEventOfRequest } from '../api/requests';
import type { Request } from '../api/schema';
import { Dialog } from '../components/controls/dialog';
import { DescriptionList } from '../components/display/description-list';
import { Notice } from '../components/display/notice';
import { connectionPath } from '../connections/connection-path';
import { clientName, durationText, requestLine, similarText, statusText } from '../format/request';
import { longTime } from '../format/time';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';

interface RequestDialogProps {
  readonly request: Request;
  readonly onClose: () => void;
}

export function RequestDialog({ request, onClose }: RequestDialogProps) {
  return (
    <Dialog title={`${request.method} request`} onClose={onClose} place="side">
      <div className="dialog-body">
        {request.outcome === 'refused' && (
          <Notice tone="bad" title={titleOf(request)}>
            <p>
              {visible(request.reason ?? 'Your identity provider got a reason for each failed operation.')}
            </p>
          </Notice>
        )}
        <DescriptionList items={requestDetails(request, <ConnectionLink request={request} />)} />
        <EventLink request={request} />
      </div>
    </Dialog>
  );
}

function titleOf({ status, operations, failedOperations = 0 }: Request): string {
  if (failedOperations > 0) return `${failedOperations} of ${operations} operations failed`;
  return status >= 500 ? `Failed with status ${status}` : `Refused with status ${status}`;
}

function requestDetails(request: Request, connection: ReactNode): (readonly [string, ReactNode])[] {
  const { credential, scimType, userAgent, requestId, operations } = request;
  const similar = similarText(request);
  return [
    ['Request', <code key="request">{visible(requestLine(request))}</code>],
    ['Status', statusText(request)],
    ...(scimType ? [['SCIM error type', <code key="type">{scimType}</code>] as const] : []),
    ...(operations === undefined ? [] : [['Operations', String(operations)] as const]),
    ['Time', longTime(request.at)],
    ['Duration', durationText(request.milliseconds)],
    ...(similar ? [['Not listed', similar] as const] : []),
    ['Client', clientName(request)],
    ['User agent', visible(userAgent ?? '–')],
    ['Connection', connection],
    ['Credential', visible(credential.name ?? '–')],
    ['Credential ID', <code key="credential">{credential.id}</code>],
    ...(requestId ? [['Request ID', <code key="requestId">{requestId}</code>] as const] : []),
  ];
}

function ConnectionLink({ request: { connectionId } }: { readonly request: Request }) {
  const { domain } = useAccess();
  const name = useConnectionName(domain.domainId)(connectionId);
  return <Link to={connectionPath(domain.domainId, connectionId)}>{visible(name ?? connectionId)}</Link>;
}

/** Links to the audit event of the request, if it left one. */
function EventLink({ request }: { readonly request: Request }) {
  const { domain } = useAccess();
  const event = useEventOfRequest(domain.domainId, request);
  if (!event.data) return null;
  return (
    <p className="link-list">
      <Link to={`/domains/${domain.domainId}/audit-log?event=${event.data}`}>View in audit log</Link>
    </p>
  );
}
