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
import { Message, t } from './messages';

const ACCOUNTS = {
  owner: t('offerAnAccountAsOwner'),
  viewer: t('offerAnAccountAsViewer'),
  none: t('doNotOfferAnAccount'),
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
      title={t('createSetupLink')}
      help="setup-links.md#create-a-link"
      submitLabel={t('createLink')}
      request={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('emailAddress')}
        description={t('personSetsUpIdentityProvider')}
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={t('atTheEnd')}
        description={t('accountLetsPersonReturnAfter')}
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
  const subject = t('mailSubject', { productName });
  const body = t('mailBody', { productName, url });
  const mail = `mailto:${encodeURIComponent(link.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return (
    <Dialog title={t('yourSetupLink')} onClose={onClose} isDismissable={false}>
      <div className="dialog-body">
        <Notice tone="warning" title={t('sendTheLinkNow')}>
          <p>{t('notShownAgainLoseRevoke')}</p>
        </Notice>
        <CopyField
          label={t('setupLinkForEmail', { email: link.email })}
          noun={t('setupLink')}
          value={url}
          description={
            <>
              <Message id="linkWorksFirstBrowserOpens" components={{ day: <Day at={link.expireTime} /> }} />
            </>
          }
        />
        <p>
          <a href={mail}>{t('writeEmailLink')}</a>
        </p>
      </div>
      <footer className="dialog-footer">
        <Button variant="primary" onPress={onClose}>
          {t('done')}
        </Button>
      </footer>
    </Dialog>
  );
}
