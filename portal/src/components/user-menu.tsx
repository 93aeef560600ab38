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
import { useSession } from '../session/session';
import { Icon } from './icon';
import { applyTheme, storedTheme, type Theme, THEMES } from './theme';

/** Who is signed in; the theme; the way out. */
export function UserMenu() {
  const { userName = 'Signed in', signOut } = useSession();
  const [theme, setTheme] = useState(storedTheme);
  const choose = (chosen: Theme) => {
    applyTheme(chosen);
    setTheme(chosen);
  };
  return (
    <MenuTrigger>
      <Button className="menu-button" aria-label={`Account: ${userName}`}>
        <Icon name="person" />
        <span className="menu-button-text">{userName}</span>
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu">
          <MenuSection
            selectionMode="single"
            selectedKeys={[theme]}
            disallowEmptySelection
            onSelectionChange={(keys) => choose([...(keys as Set<Theme>)][0] ?? 'system')}
          >
            <Header className="menu-header">Colours</Header>
            {Object.entries(THEMES).map(([key, text]) => (
              <MenuItem key={key} id={key} className="list-item">
                {text}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="menu-separator" />
          <MenuItem className="list-item" onAction={() => void signOut()}>
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
