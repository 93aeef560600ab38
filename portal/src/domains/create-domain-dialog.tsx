import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateDomain } from '../api/domains';
import type { RatePlan } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
import { ProblemNotice } from '../components/display/problem-notice';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { RATE_PLANS } from '../format/labels';

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
    <Dialog title="Create domain" onClose={onClose} isDismissable={!create.isPending}>
      <Form isPending={create.isPending} onSubmit={submit}>
        <div className="dialog-body">
          <TextField
            label="Name"
            description="The name of the organization, as the portal shows it."
            value={name}
            onChange={setName}
            isRequired
            maxLength={100}
            autoFocus
          />
          <SelectField
            label="Rate plan"
            description="Limits the requests of the identity provider. Choose Gallery for Microsoft Entra ID."
            options={RATE_PLANS}
            value={ratePlan}
            onChange={setRatePlan}
          />
          {create.error && <ProblemNotice error={create.error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={create.isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={create.isPending}>
            Create domain
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
