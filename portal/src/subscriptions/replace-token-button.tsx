import type { Subscription } from '../api/schema';
import { useReplaceToken } from '../api/subscriptions';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAccess } from '../session/access';
import { TokenDialog } from './created-dialog';
import { t } from './messages';

/** Replaces the token of a subscription, and shows the new one once. */
export function ReplaceTokenButton({ subscription }: { readonly subscription: Subscription }) {
  const { domain } = useAccess();
  const replace = useReplaceToken({ domainId: domain.domainId, ...subscription });
  return (
    <>
      {replace.error && <ProblemNotice error={replace.error} />}
      <Button isDisabled={replace.isPending} onPress={() => replace.mutate(undefined)}>
        {t('replaceToken')}
      </Button>
      {replace.data && (
        <TokenDialog subscription={subscription} value={replace.data.token} onClose={() => replace.reset()} />
      )}
    </>
  );
}
