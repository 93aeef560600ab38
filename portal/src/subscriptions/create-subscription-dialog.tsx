import { useState } from 'react';
import type { SubscriptionKind } from '../api/schema';
import { useCreateSubscription } from '../api/subscriptions';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { Notice } from '../components/display/notice';
import { SecretDialog, TokenDialog } from './created-dialog';
import { NEW_DRAFT, newSubscriptionOf, type SubscriptionDraft } from './subscription-draft';
import { FIELDS, SubscriptionFields } from './subscription-fields';
import { KIND_NAMES, KINDS } from './subscription-kinds';
import { Message, t } from './messages';

interface CreateSubscriptionDialogProps {
  readonly domainId: string;
  /** The kinds that the deployment has. */
  readonly kinds: readonly SubscriptionKind[];
  readonly onClose: () => void;
}

/** Asks for a new subscription, then shows its secret or token once. */
export function CreateSubscriptionDialog({ domainId, kinds, onClose }: CreateSubscriptionDialogProps) {
  const create = useCreateSubscription(domainId);
  const [draft, setDraft] = useState(NEW_DRAFT);
  if (create.data?.secret !== undefined) return <SecretDialog value={create.data.secret} onClose={onClose} />;
  if (create.data?.token !== undefined)
    return (
      <TokenDialog subscription={create.data.subscription} value={create.data.token} onClose={onClose} />
    );
  const { kind } = draft;
  const isPossible = kinds.includes(kind);
  const change = (changes: Partial<SubscriptionDraft>) => setDraft({ ...draft, ...changes });
  const submit = () =>
    create.mutate(newSubscriptionOf(draft), {
      onSuccess: ({ secret, token }) => secret === undefined && token === undefined && onClose(),
    });
  return (
    <FormDialog
      title={t('addSubscription')}
      help={KINDS[kind].guide}
      submitLabel={t('addSubscription')}
      request={create}
      fields={FIELDS}
      isComplete={isPossible}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={t('delivery')}
        description={KINDS[kind].purpose}
        options={KIND_NAMES}
        value={kind}
        onChange={(chosen) => change({ kind: chosen })}
      />
      {isPossible ? (
        <SubscriptionFields draft={draft} error={create.error} onChange={change} />
      ) : (
        <Notice tone="info" title={t('deploymentNoSubscriptionsKindName', { name: KINDS[kind].name })}>
          <p>
            <Message id="askOperatorServiceSwitchSetting" />
          </p>
        </Notice>
      )}
    </FormDialog>
  );
}
