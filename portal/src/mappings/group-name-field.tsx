import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { useGroups } from '../api/groups';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { Icon } from '../components/display/icon';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { t } from './messages';

interface GroupNameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/**
 * A field for the name of a group. It suggests groups, and takes the name of a group that does not exist yet.
 */
export function GroupNameField({ value, onChange }: GroupNameFieldProps) {
  const { domain } = useAccess();
  const groups = useGroups(domain.domainId, useDebouncedValue(value.trim()));
  const items = groups.data?.pages[0]?.items ?? [];
  return (
    <ComboBox
      className="field"
      items={items}
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      isRequired
      menuTrigger="focus"
    >
      <Label className="field-label">{t('group')}</Label>
      <div className="input-with-button">
        <Input className="input" maxLength={256} autoComplete="off" />
        <Button className="icon-button" aria-label={t('showGroups')}>
          <Icon name="chevronDown" />
        </Button>
      </div>
      <Text slot="description" className="field-description">
        {t('alsoEnterNameGroupIdentity')}
      </Text>
      <FieldError className="field-error" />
      <Popover className="popover">
        <ListBox<(typeof items)[number]> className="list-box">
          {({ groupId, displayName }) => (
            <ListBoxItem id={groupId} textValue={displayName} className="list-item">
              {visible(displayName)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
