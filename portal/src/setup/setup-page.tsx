import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ApiClientProvider } from '../api/client/api-provider';
import type { SetupSession } from '../api/schema';
import { Notice } from '../components/display/notice';
import { CenteredPage } from '../layout/centered-page';
import { useAdminApiUrl } from '../session/deployment';
import { useSession } from '../session/session';
import { OpenLinkPage } from './open-link-page';
import { SetupGuidePage } from './setup-guide-page';
import { forgetSession, type LinkInAddress, parseLink, storedSession, storeSession } from './setup-session';
import { t } from './messages';

/** The page of somebody with a setup link, who has no account. */
export function SetupPage() {
  const { hash } = useLocation();
  const link = parseLink(hash);
  if (!link) {
    return (
      <EndedPage title={t('thisLinkIsNotComplete')}>
        <p>{t('openCompleteLinkMessageReceived')}</p>
      </EndedPage>
    );
  }
  // A new link in the address is a new page.
  return <LinkPage key={link.linkId} link={link} />;
}

function LinkPage({ link }: { readonly link: LinkInAddress }) {
  const { domainId, linkId, secret } = link;
  const baseUrl = useAdminApiUrl();
  const navigate = useNavigate();
  const { isPagePreserved } = useSession();
  const [session, setSession] = useState(() => storedSession(linkId));
  const [hasEnded, setEnded] = useState(false);
  const token = session?.token;
  const credentials = useMemo(
    () => ({ token: () => token, renew: () => Promise.resolve(undefined) }),
    [token],
  );
  const end = useCallback(() => {
    forgetSession(linkId);
    setEnded(true);
  }, [linkId]);
  const opened = ({ token: newToken, expireTime }: SetupSession) => {
    const stored = { domainId, token: newToken, expireTime };
    storeSession(linkId, stored);
    setSession(stored);
    // The secret is no longer needed, so it does not stay in the history of the browser.
    void navigate({ hash: `${domainId}.${linkId}` }, { replace: true });
  };
  if (hasEnded && !isPagePreserved) {
    return (
      <EndedPage title={t('thisLinkHasEnded')}>
        <p>{t('expiredRevokedWhatSetUp')}</p>
      </EndedPage>
    );
  }
  if (!session && secret === undefined) {
    return (
      <EndedPage title={t('openTheCompleteLink')}>
        <p>{t('browserNotOpenedLinkNo')}</p>
      </EndedPage>
    );
  }
  return (
    <ApiClientProvider baseUrl={baseUrl} credentials={credentials} onUnauthorized={end}>
      {session ? (
        <SetupGuidePage domainId={domainId} expireTime={session.expireTime} />
      ) : (
        <OpenLinkPage link={{ domainId, linkId, secret: secret ?? '' }} onOpened={opened} />
      )}
    </ApiClientProvider>
  );
}

function EndedPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <CenteredPage title={t('setUpProvisioning')}>
      <Notice tone="warning" title={title}>
        {children}
      </Notice>
    </CenteredPage>
  );
}
