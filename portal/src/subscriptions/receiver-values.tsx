import type { Subscription } from '../api/schema';
import { DisclosureSection } from '../components/display/disclosure-section';
import { DocsLink } from '../components/display/docs-link';
import { CopyFields } from '../connections/copy-fields';
import { useAccess } from '../session/access';
import { KINDS } from './subscription-kinds';
import { receiverValues } from './subscription-values';
import { Message, t } from './messages';

/** Shows what the receiver of a subscription needs, each value with a copy button. */
export function ReceiverValues({ subscription }: { readonly subscription: Subscription }) {
  const { domain } = useAccess();
  const { kind } = subscription;
  const values = receiverValues(subscription, domain.domainId);
  if (values.length === 0) return null;
  return (
    <DisclosureSection title={TITLES[kind] ?? t('valuesForTheReceiver')}>
      {kind === 'eventBridge' && (
        <p>
          <Message id="ruleSelectsEventsSubscriptionResource" />
        </p>
      )}
      <CopyFields values={values} />
      <DocsLink page={KINDS[kind].guide}>{t('guideName', { name: KINDS[kind].name })}</DocsLink>
    </DisclosureSection>
  );
}

const TITLES: Readonly<Partial<Record<Subscription['kind'], string>>> = {
  feed: t('valuesForTheProduct'),
  eventBridge: t('valuesForRules'),
};
