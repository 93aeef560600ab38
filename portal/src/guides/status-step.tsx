import type { Connection } from '../api/schema';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { connectionStatusLabel, lastRequestAt } from '../format/connection';
import { Step } from '../provisioning/steps';
import { Message, t } from './messages';

/** The last step of a guide: shows whether the identity provider sends requests. */
export function StatusStep({ connection }: { readonly connection: Connection | undefined }) {
  if (!connection) return null;
  const { tone, text } = connectionStatusLabel(connection);
  const at = lastRequestAt(connection);
  return (
    <Step title={t('hereCheckTheStatus')}>
      {at === undefined ? (
        <p>{t('stepShowsFirstRequest')}</p>
      ) : (
        <p>
          <Tag tone={tone}>{text}</Tag>{' '}
          <Message id="lastRequestTime" components={{ time: <Time at={at} /> }} />
        </p>
      )}
    </Step>
  );
}
