import type { User, UserManager } from 'oidc-client-ts';
import { createBrowserRouter, createRoutesFromElements, Navigate, Route } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiProvider } from './api/api-provider';
import type { Config } from './config';
import { AuditLog } from './audit/audit-log-page';
import { Crashed } from './layout/error-page';
import { DomainLayout } from './domains/domain-layout';
import { DomainSettings } from './domains/domain-settings-page';
import { Domains } from './domains/domains-page';
import { MailProblems } from './mail/mail-problems-page';
import { NotFound } from './layout/not-found-page';
import { ReadinessPage } from './diagnostics/readiness-page';
import { RequireSession } from './session/require-session';
import { Root } from './layout/root-layout';
import { ScimProvisioning } from './provisioning/scim-provisioning-page';
import { SettingsLayout } from './domains/settings-layout';
import { SetUpEntraId } from './provisioning/set-up-entra-id-page';
import { SetUpOkta } from './provisioning/set-up-okta-page';
import { SignedIn } from './session/sign-in-callback';
import { Start } from './domains/start-page';
import { UserPage } from './users/user-page';
import { Users } from './users/users-page';
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
