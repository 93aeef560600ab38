import type { Subscription } from '../api/schema';
import { useChangeSubscription } from '../api/subscriptions';
import { FormDialog } from '../components/controls/form-dialog';
import { TextField } from '../components/controls/text-field';
import { useEdits } from '../edits/use-edits';
import { useAccess } from '../session/access';
import { changeOf, draftOf } from './subscription-draft';
import { FIELDS, SubscriptionFields } from './subscription-fields';
import { KINDS } from './subscription-kinds';
import { t } from './messages';

interface EditSubscriptionDialogProps {
  readonly subscription: Subscription;
  readonly onClose: () => void;
}

/** Changes the settings of a subscription. Its kind stays. */
export function EditSubscriptionDialog({ subscription, onClose }: EditSubscriptionDialogProps) {
  const { domain } = useAccess();
  const change = useChangeSubscription({ domainId: domain.domainId, ...subscription });
  const { fields: draft, edit } = useEdits(draftOf(subscription));
  const { purpose, guide } = KINDS[subscription.kind];
  return (
    <FormDialog
      title={t('editSubscription')}
      help={guide}
      submitLabel={t('save')}
      request={change}
      fields={FIELDS}
      onSubmit={() => change.mutate(changeOf(draft, subscription), { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{purpose}</p>
      <TextField
        name="name"
        label={t('name')}
        value={draft.name}
        onChange={(value) => edit({ name: value })}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SubscriptionFields
        draft={draft}
        hasAuthorization={subscription.hasAuthorization === true}
        error={change.error}
        onChange={edit}
      />
    </FormDialog>
  );
}
