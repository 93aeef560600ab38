import type { SkippedEvents } from '../api/schema';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { Time } from '../components/display/time';

/** Says which events expired before they were delivered, and what to do about it. */
export const SkippedNotice = ({ skipped: { from, until } }: { readonly skipped: SkippedEvents }) => (
  <Notice tone="warning" title="Events were skipped">
    <p>
      Events that were recorded from <Time at={from} /> until <Time at={until} /> expired before they were
      delivered. Let the receiver read all users, groups, and licenses again.
    </p>
    <DocsLink page="webhooks.md#skipped-events">What was skipped, and what to do</DocsLink>
  </Notice>
);
