import { createRoot } from 'react-dom/client';
import { App } from './app';
import { applyTheme, storedTheme } from './components/theme';
import { loadConfig } from './config';
import { Broken } from './pages/broken';
import { createUserManager } from './session/user-manager';
import './styles/main.css';

applyTheme(storedTheme());
const root = createRoot(document.getElementById('root') as HTMLElement);

async function start(): Promise<void> {
  const config = await loadConfig();
  const manager = createUserManager(config);
  const user = await manager.getUser();
  root.render(<App config={config} manager={manager} user={user && !user.expired ? user : undefined} />);
}

start().catch((error: unknown) => {
  console.error(error);
  root.render(<Broken />);
});
