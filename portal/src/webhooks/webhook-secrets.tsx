import { useState } from 'react';
import type { WebhookStatus } from '../api/schema';
import type { SubscriptionPath } from '../api/subscriptions';
import { useCreateWebhookSecret, useRevokeWebhookSecret } from '../api/webhooks';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Day } from '../components/display/time';
import { useAccess } from '../session/access';
import { SecretDialog } from '../subscriptions/created-dialog';
import { t } from './messages';

type Secret = WebhookStatus['secrets'][number];

interface WebhookSecretsProps {
  readonly path: SubscriptionPath;
  /** The latest first. */
  readonly secrets: readonly Secret[];
}

/** Shows the signing secrets of a webhook, without their texts. During a rotation, there are two. */
export function WebhookSecrets({ path, secrets }: WebhookSecretsProps) {
  const { mayChange } = useAccess();
  const create = useCreateWebhookSecret(path);
  const [revoking, setRevoking] = useState<Secret>();
  const columns: readonly Column<Secret>[] = [
    { title: t('secret'), cell: ({ secretId }) => secretId },
    {
      title: t('created'),
      cell: ({ createdAt }) => <Day at={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    ...(mayChange && secrets.length > 1 ? [revokeColumn(setRevoking)] : []),
  ];
  return (
    <DisclosureSection title={t('signingSecrets')}>
      {create.error && <ProblemNotice error={create.error} />}
      {secrets.length > 0 && (
        <DataTable
          caption={t('signingSecrets')}
          columns={columns}
          rows={secrets}
          keyOf={({ secretId }) => secretId}
        />
      )}
      {mayChange && secrets.length === 1 && (
        <Button isDisabled={create.isPending} onPress={() => create.mutate(undefined)}>
          {t('createAnotherSecret')}
        </Button>
      )}
      {create.data && <SecretDialog value={create.data.secret} onClose={() => create.reset()} />}
      {revoking && <RevokeDialog path={path} secret={revoking} onClose={() => setRevoking(undefined)} />}
    </DisclosureSection>
  );
}

const revokeColumn = (onRevoke: (secret: Secret) => void): Column<Secret> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: (secret) => (
    <Button
      variant="quiet"
      aria-label={t('revokeNamedSecret', { secretId: secret.secretId })}
      onPress={() => onRevoke(secret)}
    >
      {t('revoke')}
    </Button>
  ),
});

interface RevokeDialogProps {
  readonly path: SubscriptionPath;
  readonly secret: Secret;
  readonly onClose: () => void;
}

function RevokeDialog({ path, secret, onClose }: RevokeDialogProps) {
  const revoke = useRevokeWebhookSecret(path);
  return (
    <ConfirmDialog
      title={t('revokeSecretQuestion')}
      confirmLabel={t('revokeSecret')}
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => revoke.mutate(secret.secretId, { onSuccess: onClose })}
    >
      <p>{t('receiverStillUsesRefusesNext')}</p>
    </ConfirmDialog>
  );
}
