import { useState } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import type { Role } from '../api/schema';
import { ROLES } from '../format/labels';
import { useShortcutsDialog } from '../shortcuts/shortcuts';
import { useSession } from '../session/session';
import { Icon } from '../components/display/icon';
import { chooseLanguage, type Language, language, LANGUAGES } from '../i18n/language';
import { t } from './messages';
import { applyTheme, storedTheme, type Theme, THEMES } from './theme';

/** A menu with the user's name and role, the theme, and sign-out. */
export function UserMenu({ role }: { readonly role: Role | undefined }) {
  const { userName = t('signedIn'), signOut } = useSession();
  const showShortcuts = useShortcutsDialog();
  const [theme, setTheme] = useState(storedTheme);
  const changeTheme = (newTheme: Theme) => {
    applyTheme(newTheme);
    setTheme(newTheme);
  };
  return (
    <MenuTrigger>
      <Button className="menu-button" aria-label={t('accountUserName', { userName })}>
        <Icon name="person" />
        <span className="menu-button-text">{userName}</span>
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <div className="menu-account">
          <p className="menu-account-name">{userName}</p>
          {role && <p className="subtle">{ROLES[role]}</p>}
        </div>
        <Menu className="menu" aria-label={t('account')}>
          <MenuSection
            selectionMode="single"
            selectedKeys={[theme]}
            disallowEmptySelection
            onSelectionChange={(keys) => changeTheme([...(keys as Set<Theme>)][0] ?? 'system')}
          >
            <Header className="menu-header">{t('theme')}</Header>
            {Object.entries(THEMES).map(([key, text]) => (
              <MenuItem key={key} id={key} className="list-item">
                {text}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            selectedKeys={[language]}
            disallowEmptySelection
            onSelectionChange={(keys) => chooseLanguage([...(keys as Set<Language>)][0] ?? language)}
          >
            <Header className="menu-header">{t('language')}</Header>
            {Object.entries(LANGUAGES).map(([key, name]) => (
              <MenuItem key={key} id={key} className="list-item">
                <span lang={key}>{name}</span>
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="menu-separator" />
          <MenuItem className="list-item" onAction={showShortcuts}>
            {t('keyboardShortcuts')}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => void signOut()}>
            {t('signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
