import { useState } from 'react';
import type { CreatedSetupLink } from '../api/schema';
import { useCreateSetupLink } from '../api/setup';
import { Button } from '../components/controls/button';
import { FormDialog } from '../components/controls/form-dialog';
import { CopyField } from '../components/controls/copy-field';
import { Dialog } from '../components/controls/dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { Notice } from '../components/display/notice';
import { Day } from '../components/display/time';
import { useProductName } from '../session/deployment';

const ACCOUNTS = {
  owner: 'Offer an account as owner',
  viewer: 'Offer an account as viewer',
  none: 'Do not offer an account',
} as const;

type Account = keyof typeof ACCOUNTS;

interface CreateSetupLinkDialogProps {
  readonly domainId: string;
  readonly onClose: () => void;
}

/** Asks for the address of a person, then shows the link once. */
export function CreateSetupLinkDialog({ domainId, onClose }: CreateSetupLinkDialogProps) {
  const create = useCreateSetupLink(domainId);
  const [email, setEmail] = useState('');
  const [account, setAccount] = useState<Account>('owner');
  if (create.data) return <CreatedLinkDialog created={create.data} onClose={onClose} />;
  const submit = () =>
    create.mutate({ email: email.trim(), ...(account !== 'none' && { accountRole: account }) });
  return (
    <FormDialog
      title="Create setup link"
      submitLabel="Create link"
      request={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Email address"
        description="The person who sets up the identity provider. A one-time code is emailed to this address when the link is opened."
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label="At the end"
        description="An account lets the person return after the link has expired."
        options={ACCOUNTS}
        value={account}
        onChange={setAccount}
      />
    </FormDialog>
  );
}

interface CreatedLinkDialogProps {
  readonly created: CreatedSetupLink;
  readonly onClose: () => void;
}

/** Shows a new link. A lost link does no harm, because another one can be created. */
function CreatedLinkDialog({ created: { link, url }, onClose }: CreatedLinkDialogProps) {
  const productName = useProductName();
  const subject = `Set up provisioning to ${productName}`;
  const body = `With this link, you can connect your identity provider to ${productName}:\n\n${url}\n\nOpen it in the browser in which you want to do the setup.`;
  const mail = `mailto:${encodeURIComponent(link.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return (
    <Dialog title="Your setup link" onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title="Send the link now">
          <p>It will not be shown again. If you lose it, revoke it and create a new one.</p>
        </Notice>
        <CopyField
          label={`Setup link for ${link.email}`}
          noun="setup link"
          value={url}
          description={
            <>
              The link works in the first browser that opens it, until <Day at={link.expireTime} />.
            </>
          }
        />
        <p>
          <a href={mail}>Write an email with the link</a>
        </p>
      </div>
      <footer className="dialog-footer">
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}
