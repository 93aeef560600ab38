import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useConnectionName } from '../api/connections/connections';
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
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

interface RequestDialogProps {
  readonly request: Request;
  readonly onClose: () => void;
}

export function RequestDialog({ request, onClose }: RequestDialogProps) {
  return (
    <Dialog title={t('methodRequest', { method: request.method })} onClose={onClose} place="side">
      <div className="dialog-body">
        {request.outcome === 'refused' && (
          <Notice tone="bad" title={titleOf(request)}>
            <p>
              {request.reason ? (
                <ServiceText>{request.reason}</ServiceText>
              ) : (
                t('identityProviderGotReasonEach')
              )}
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
  if (failedOperations > 0)
    return t('operationsFailed', { failed: failedOperations, operations: operations ?? failedOperations });
  return status >= 500 ? t('failedWithStatus', { status }) : t('refusedWithStatus', { status });
}

function requestDetails(request: Request, connection: ReactNode): (readonly [string, ReactNode])[] {
  const { credential, scimType, userAgent, requestId, operations } = request;
  const similar = similarText(request);
  return [
    [t('request'), <code key="request">{visible(requestLine(request))}</code>],
    [t('status'), statusText(request)],
    ...(scimType ? [[t('scimErrorType'), <code key="type">{scimType}</code>] as const] : []),
    ...(operations === undefined ? [] : [[t('operations'), String(operations)] as const]),
    [t('time'), longTime(request.at)],
    [t('duration'), durationText(request.milliseconds)],
    ...(similar ? [[t('notListed'), similar] as const] : []),
    [t('client'), clientName(request)],
    [t('userAgent'), visible(userAgent ?? '–')],
    [t('connection'), connection],
    [t('credential'), visible(credential.name ?? '–')],
    [t('credentialId'), <code key="credential">{credential.id}</code>],
    ...(requestId ? [[t('requestId'), <code key="requestId">{requestId}</code>] as const] : []),
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
      <Link to={`/domains/${domain.domainId}/audit-log?event=${event.data}`}>{t('viewInAuditLog')}</Link>
    </p>
  );
}
