import type { User, UserManager } from 'oidc-client-ts';
import { createBrowserRouter, createRoutesFromElements, Navigate, Route } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiProvider } from './api/api-provider';
import type { Config } from './config';
import { AuditLog } from './pages/audit-log';
import { Crashed } from './pages/crashed';
import { DomainLayout } from './pages/domain-layout';
import { DomainSettings } from './pages/domain-settings';
import { Domains } from './pages/domains';
import { MailProblems } from './pages/mail-problems';
import { NotFound } from './pages/not-found';
import { ReadinessPage } from './pages/readiness';
import { RequireSession } from './pages/require-session';
import { Root } from './pages/root';
import { ScimProvisioning } from './pages/scim-provisioning';
import { SettingsLayout } from './pages/settings-layout';
import { SetUpEntraId } from './pages/set-up-entra-id';
import { SetUpOkta } from './pages/set-up-okta';
import { SignedIn } from './pages/signed-in';
import { Start } from './pages/start';
import { UserPage } from './pages/user';
import { Users } from './pages/users';
import { DeploymentProvider } from './session/deployment';
import { SessionProvider } from './session/session';
import { SIGNED_IN_PATH } from './session/user-manager';

interface AppProps {
  readonly config: Config;
  readonly manager: UserManager;
  readonly user: User | undefined;
}

export function App({ config, manager, user }: AppProps) {
  return (
    <DeploymentProvider value={config}>
      <SessionProvider manager={manager} initial={user}>
        <ApiProvider config={config}>
          <RouterProvider router={router} />
        </ApiProvider>
      </SessionProvider>
    </DeploymentProvider>
  );
}

const router = createBrowserRouter(
  createRoutesFromElements(
    <Route element={<Root />} errorElement={<Crashed />}>
      <Route path={SIGNED_IN_PATH} element={<SignedIn />} />
      <Route element={<RequireSession />}>
        <Route index element={<Start />} />
        <Route path="domains" element={<Domains />} />
        <Route path="domains/:domainId" element={<DomainLayout />}>
          <Route index element={<Navigate to="users" replace />} />
          <Route path="users" element={<Users />} />
          <Route path="users/:userId" element={<UserPage />} />
          <Route path="audit-log" element={<AuditLog />} />
          <Route path="settings" element={<SettingsLayout />}>
            <Route index element={<Navigate to="scim" replace />} />
            <Route path="scim" element={<ScimProvisioning />} />
            <Route path="okta" element={<SetUpOkta />} />
            <Route path="entra-id" element={<SetUpEntraId />} />
            <Route path="domain" element={<DomainSettings />} />
            <Route path="mail-problems" element={<MailProblems />} />
            <Route path="readiness" element={<ReadinessPage />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFound />} />
      </Route>
    </Route>,
  ),
);
