import { createRoot } from 'react-dom/client';
import { App } from './app';
import { locale } from './i18n/language';
import { applyTheme, storedTheme } from './layout/theme';
import { loadConfig } from './config';
import { StartupErrorPage } from './layout/startup-error-page';
import { createUserManager, loadCurrentUser } from './session/user-manager';
import './styles/main.css';

const root = createRoot(document.getElementById('root') as HTMLElement);

async function start(): Promise<void> {
  document.documentElement.lang = locale;
  applyTheme(storedTheme());
  const config = await loadConfig();
  const manager = createUserManager(config);
  root.render(<App config={config} manager={manager} user={await loadCurrentUser(manager)} />);
}

start().catch((error: unknown) => {
  console.error(error);
  root.render(<StartupErrorPage />);
});
