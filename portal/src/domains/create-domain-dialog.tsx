import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateDomain } from '../api/domains';
import type { RatePlan } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { RATE_PLANS } from '../format/labels';
import { t } from './messages';

export function CreateDomainDialog({ onClose }: { readonly onClose: () => void }) {
  const create = useCreateDomain();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [ratePlan, setRatePlan] = useState<RatePlan>('standard');
  const submit = () =>
    create.mutate(
      { name: name.trim(), ratePlan },
      { onSuccess: ({ domainId }) => void navigate(`/domains/${domainId}/settings/scim`) },
    );
  return (
    <FormDialog
      title={t('createDomain')}
      help="portal.md#first-steps"
      submitLabel={t('createDomain')}
      request={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        description={t('nameOrganizationPortalShows')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoFocus
      />
      <SelectField
        label={t('ratePlan')}
        description={t('limitsRequestsIdentityProviderChoose')}
        options={RATE_PLANS}
        value={ratePlan}
        onChange={setRatePlan}
      />
    </FormDialog>
  );
}
