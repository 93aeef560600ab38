import { useState } from 'react';
import type { SetupSession } from '../api/schema';
import { type LinkParts, useOpenSetupLink, useSendSetupCode } from '../api/setup';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { TextField } from '../components/controls/text-field';
import { Notice } from '../components/display/notice';
import { CenteredPage } from '../layout/centered-page';
import { LanguageButton } from '../layout/language-button';
import { useProductName } from '../session/deployment';
import { SetupProblem } from './setup-problem';
import { t } from './messages';

interface OpenLinkPageProps {
  readonly link: LinkParts;
  readonly onOpened: (session: SetupSession) => void;
}

/**
 * Asks for the one-time code. It is sent only after a press of the button, because mail filters open the
 * links in messages.
 */
export function OpenLinkPage({ link, onOpened }: OpenLinkPageProps) {
  const productName = useProductName();
  const send = useSendSetupCode(link);
  const open = useOpenSetupLink(link);
  const [sentTo, setSentTo] = useState<string>();
  const [code, setCode] = useState('');
  const sendCode = () => {
    open.reset();
    send.mutate(undefined, { onSuccess: (sent) => setSentTo(sent.sentTo) });
  };
  return (
    <CenteredPage title={t('setUpProvisioning')}>
      {sentTo === undefined ? (
        <>
          <p>{t('invitedConnectIdentityProviderProductName', { productName })}</p>
          {send.error && <SetupProblem error={send.error} />}
          <Button variant="primary" isPending={send.isPending} onPress={sendCode}>
            {t('emailMeACode')}
          </Button>
          <p className="subtle">{t('continueBrowserWantSetupLink')}</p>
          <LanguageButton />
        </>
      ) : (
        <Form
          className="setup-code"
          help="setup-links.md#open-a-link"
          isPending={open.isPending}
          onSubmit={() => open.mutate(code, { onSuccess: onOpened })}
        >
          <Notice tone="info" title={t('codeSent', { sentTo: keepTogether(sentTo) })}>
            <p>{t('works10MinutesNotArrive')}</p>
          </Notice>
          <TextField
            label={t('codeFromTheEmail')}
            value={code}
            onChange={setCode}
            isRequired
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
          />
          {(open.error ?? send.error) && <SetupProblem error={open.error ?? send.error} />}
          <Button type="submit" variant="primary" isPending={open.isPending}>
            {t('continue')}
          </Button>
          <Button variant="quiet" isPending={send.isPending} onPress={sendCode}>
            {t('sendAnotherCode')}
          </Button>
        </Form>
      )}
    </CenteredPage>
  );
}

const WORD_JOINER = '\u2060';

/** Keeps a shortened address such as `j…@example.com` in one line, which could break after the ellipsis. */
const keepTogether = (address: string): string => address.replace('…', `…${WORD_JOINER}`);
