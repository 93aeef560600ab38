import { useLocation } from 'react-router';
import { CenteredPage } from '../layout/centered-page';
import { Notice } from '../components/display/notice';
import { LanguageButton } from '../layout/language-button';
import { SignInButton } from './sign-in-button';
import { useProductName } from './deployment';
import { useSession } from './session';
import { t } from './messages';

export function SignInPage() {
  const { hasExpired } = useSession();
  const { pathname, search, hash } = useLocation();
  const productName = useProductName();
  return (
    <CenteredPage title={t('productLicenses', { productName })}>
      <p>{t('seeLicenseConnectIdentityProvider')}</p>
      {hasExpired && (
        <Notice tone="info" title={t('yourSessionHasEnded')}>
          <p>{t('signAgainReturnPage')}</p>
        </Notice>
      )}
      <SignInButton returnTo={pathname + search + hash} />
      <LanguageButton />
    </CenteredPage>
  );
}
