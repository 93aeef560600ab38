import type { LicenseEvent } from '../api/schema';
import { actorName, licenseEventTitle, mailStatusLabel } from '../format/labels';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

/** Shows the events of a license in the order of the API, newest first. */
export function LicenseHistory({ events }: { readonly events: readonly LicenseEvent[] }) {
  if (events.length === 0) return <p className="subtle">{t('noHistoryYet')}</p>;
  return (
    <ol className="history">
      {events.map((event) => (
        <li key={event.id} className="history-event">
          <div className="history-line">
            <span className="history-title">{licenseEventTitle(event)}</span>
            <MailTag event={event} />
          </div>
          <p className="subtle">
            <Time at={event.at} />
            {event.by && <> · {t('byActor', { actor: actorName(event.by) })}</>}
            {event.reason && (
              <>
                {' · '}
                <ServiceText>{event.reason}</ServiceText>
              </>
            )}
          </p>
          {event.mail?.to && (
            <p className="subtle">
              {t('toAddress', { address: event.mail.to })}
              {event.mail.detail && (
                <>
                  {': '}
                  <ServiceText>{event.mail.detail}</ServiceText>
                </>
              )}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function MailTag({ event: { mail } }: { readonly event: LicenseEvent }) {
  if (!mail) return null;
  const { tone, text } = mailStatusLabel(mail.status);
  return <Tag tone={tone}>{text}</Tag>;
}
