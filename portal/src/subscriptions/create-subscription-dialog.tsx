import { useState } from 'react';
import type { SubscriptionKind } from '../api/schema';
import { useCreateSubscription } from '../api/subscriptions';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { DocsLink } from '../components/display/docs-link';
import { Notice } from '../components/display/notice';
import { SecretDialog, TokenDialog } from './created-dialog';
import { NEW_DRAFT, newSubscriptionOf, type SubscriptionDraft } from './subscription-draft';
import { FIELDS, SubscriptionFields } from './subscription-fields';
import { KIND_NAMES, KINDS } from './subscription-kinds';

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
      title="Add subscription"
      submitLabel="Add subscription"
      request={create}
      fields={FIELDS}
      isComplete={isPossible}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        name="name"
        label="Name"
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label="Delivery"
        description={KINDS[kind].purpose}
        options={KIND_NAMES}
        value={kind}
        onChange={(chosen) => change({ kind: chosen })}
      />
      <DocsLink page={KINDS[kind].guide}>{`Guide: ${KINDS[kind].name}`}</DocsLink>
      {isPossible ? (
        <SubscriptionFields draft={draft} error={create.error} onChange={change} />
      ) : (
        <Notice tone="info" title={`This deployment has no subscriptions of the kind ${KINDS[kind].name}`}>
          <p>
            Ask the operator of the service to switch on the setting <code>eventBus</code>, or choose another
            delivery.
          </p>
        </Notice>
      )}
    </FormDialog>
  );
}
