import type { SkippedEvents } from '../api/schema';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { Time } from '../components/display/time';
import { Message, t } from './messages';

/** Says which events expired before they were delivered, and what to do about it. */
export const SkippedNotice = ({ skipped: { from, until } }: { readonly skipped: SkippedEvents }) => (
  <Notice tone="warning" title={t('eventsWereSkipped')}>
    <p>
      <Message id="eventsExpired" components={{ from: <Time at={from} />, until: <Time at={until} /> }} />
    </p>
    <DocsLink page="webhooks.md#skipped-events">{t('whatSkippedWhat')}</DocsLink>
  </Notice>
);
