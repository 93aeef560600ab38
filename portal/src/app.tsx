import type { User, UserManager } from 'oidc-client-ts';
import { I18nProvider } from 'react-aria-components';
import { createBrowserRouter, createRoutesFromElements, Navigate, Route } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiProvider } from './api/client/api-provider';
import type { Config } from './config';
import { AdministratorsPage } from './administrators/administrators-page';
import { OperatorsPage } from './administrators/operators-page';
import { AuditLogPage } from './audit/audit-log-page';
import { ConnectEntraIdPage } from './guides/connect-entra-id-page';
import { ConnectionPage } from './connections/page/connection-page';
import { ConnectOktaPage } from './guides/connect-okta-page';
import { ErrorPage } from './layout/error-page';
import { DomainLayout } from './domains/domain-layout';
import { DomainSettingsPage } from './domains/domain-settings-page';
import { DomainsPage } from './domains/domains-page';
import { FirstRunPage } from './first-run/first-run-page';
import { GroupPage } from './groups/group-page';
import { GroupsPage } from './groups/groups-page';
import { locale } from './i18n/language';
import { ImportPage } from './managed-users/import-page';
import { MailProblemsPage } from './mail/mail-problems-page';
import { MappingsPage } from './mappings/mappings-page';
import { NotFoundPage } from './layout/not-found-page';
import { ReadinessPage } from './diagnostics/readiness-page';
import { RequestsPage } from './requests/requests-page';
import { RequireSession } from './session/require-session';
import { RootLayout } from './layout/root-layout';
import { ScimProvisioningPage } from './provisioning/scim-provisioning-page';
import { SettingsLayout } from './domains/settings-layout';
import { SignInCallback } from './session/sign-in-callback';
import { SetupLinksPage } from './setup/setup-links-page';
import { Skeleton } from './components/display/skeleton';
import { SetupPage } from './setup/setup-page';
import { StartPage } from './domains/start-page';
import { UserPage } from './users/user-page';
import { UsersPage } from './users/users-page';
import { DeploymentProvider } from './session/deployment';
import { SessionProvider } from './session/session';
import { SubscriptionsPage } from './subscriptions/subscriptions-page';
import { SIGNED_IN_PATH } from './session/user-manager';

interface AppProps {
  readonly config: Config;
  readonly manager: UserManager;
  readonly user: User | undefined;
}

export function App({ config, manager, user }: AppProps) {
  return (
    <DeploymentProvider value={config}>
      <SessionProvider manager={manager} initialUser={user}>
        <ApiProvider config={config}>
          <I18nProvider locale={locale}>
            <RouterProvider router={router} />
          </I18nProvider>
        </ApiProvider>
      </SessionProvider>
    </DeploymentProvider>
  );
}

const router = createBrowserRouter(
  createRoutesFromElements(
    <Route element={<RootLayout />} errorElement={<ErrorPage />} hydrateFallbackElement={<Skeleton />}>
      <Route path="help" lazy={async () => ({ Component: (await import('./help/help-layout')).HelpLayout })}>
        <Route index lazy={async () => ({ Component: (await import('./help/help-home')).HelpHome })} />
        <Route
          path=":slug"
          lazy={async () => {
            const { HelpArticle, loadArticle } = await import('./help/help-article');
            return { Component: HelpArticle, loader: loadArticle };
          }}
        />
      </Route>
      <Route path={SIGNED_IN_PATH} element={<SignInCallback />} />
      <Route path="setup" element={<SetupPage />} />
      <Route element={<RequireSession />}>
        <Route index element={<StartPage />} />
        <Route path="domains" element={<DomainsPage />} />
        <Route path="operators" element={<OperatorsPage />} />
        <Route path="first-run" element={<FirstRunPage />} />
        <Route path="domains/:domainId" element={<DomainLayout />}>
          <Route index element={<Navigate to="users" replace />} />
          <Route path="users" element={<UsersPage />} />
          <Route path="users/import" element={<ImportPage />} />
          <Route path="users/:userId" element={<UserPage />} />
          <Route path="groups" element={<GroupsPage />} />
          <Route path="groups/:groupId" element={<GroupPage />} />
          <Route path="requests" element={<RequestsPage />} />
          <Route path="audit-log" element={<AuditLogPage />} />
          <Route path="settings" element={<SettingsLayout />}>
            <Route index element={<Navigate to="scim" replace />} />
            <Route path="scim" element={<ScimProvisioningPage />} />
            <Route path="scim/connections/:connectionId" element={<ConnectionPage />} />
            <Route path="okta" element={<ConnectOktaPage />} />
            <Route path="entra-id" element={<ConnectEntraIdPage />} />
            <Route path="setup-links" element={<SetupLinksPage />} />
            <Route path="domain" element={<DomainSettingsPage />} />
            <Route path="mappings" element={<MappingsPage />} />
            <Route path="administrators" element={<AdministratorsPage />} />
            <Route path="mail-problems" element={<MailProblemsPage />} />
            <Route path="events" element={<SubscriptionsPage />} />
            <Route path="readiness" element={<ReadinessPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Route>,
  ),
);
