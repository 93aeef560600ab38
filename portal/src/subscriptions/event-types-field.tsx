import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import type { EventType, SubscriptionKind } from '../api/schema';
import { type EventTypeText, useEventTypes } from '../api/subscriptions';
import { SelectField } from '../components/controls/select-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { canDeliver } from './subscription-kinds';
import { eventTypeText } from './event-type-texts';
import { t } from './messages';

interface EventTypesFieldProps {
  readonly kind: SubscriptionKind;
  /** Undefined for all types. */
  readonly value: readonly EventType[] | undefined;
  /** The reason why the service refused the types. */
  readonly error?: string;
  readonly onChange: (types: readonly EventType[] | undefined) => void;
}

const CHOICES = { all: t('allAlsoLaterVersions'), some: t('onlyTypesIChoose') };

/** A choice of all types of events, or of some, by what they are about. */
export function EventTypesField({ kind, value, error, onChange }: EventTypesFieldProps) {
  const types = useEventTypes();
  const possible = types.data?.filter(({ type }) => canDeliver(kind, type)) ?? [];
  const groups = [...new Set(possible.map(({ type }) => groupOf(type)))];
  return (
    <>
      <SelectField
        label={t('typesOfEvents')}
        options={CHOICES}
        value={value ? 'some' : 'all'}
        onChange={(choice) => onChange(choice === 'all' ? undefined : [])}
      />
      {value && types.error && <ProblemNotice error={types.error} />}
      {value &&
        groups.map((name) => (
          <TypeGroup
            key={name}
            title={GROUP_TITLES[name] ?? name}
            members={possible.filter(({ type }) => groupOf(type) === name)}
            value={value}
            onChange={onChange}
          />
        ))}
      {value && error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}

/** Returns what a type is about: the part before the dot. */
const groupOf = (type: EventType): string => type.split('.')[0] ?? '';

const GROUP_TITLES: Readonly<Record<string, string>> = {
  user: t('users'),
  group: t('groups'),
  license: t('licenses'),
  email: t('emails'),
  domain: t('theDomain'),
  connection: t('connections'),
};

interface TypeGroupProps {
  readonly title: string;
  readonly members: readonly EventTypeText[];
  readonly value: readonly EventType[];
  readonly onChange: (types: readonly EventType[]) => void;
}

/** The types about one kind of resource, with a checkbox that selects all of them. */
function TypeGroup({ title, members, value, onChange }: TypeGroupProps) {
  const others = value.filter((type) => !members.some((member) => member.type === type));
  const selected = value.filter((type) => !others.includes(type));
  const isComplete = selected.length === members.length;
  const select = (types: readonly EventType[]) => onChange([...others, ...types]);
  return (
    <CheckboxGroup
      className="field checkbox-group"
      value={[...selected]}
      onChange={(types) => select(types as EventType[])}
    >
      <Label className="field-label">{title}</Label>
      {members.length > 1 && (
        <button
          type="button"
          className="text-button checkbox-all"
          onClick={() => select(isComplete ? [] : members.map(({ type }) => type))}
        >
          {isComplete ? t('selectNone') : t('selectAll')}
          <span className="visually-hidden">: {title}</span>
        </button>
      )}
      {members.map(({ type, description }) => (
        <Checkbox key={type} value={type} className="checkbox">
          <span className="checkbox-mark" aria-hidden="true" />
          <span className="two-lines">
            <span>{type}</span>
            <span className="subtle">{eventTypeText(type, description)}</span>
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}
