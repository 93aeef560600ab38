import { useEffect, useRef, useState } from 'react';
import type { Mappings } from '../api/schema';
import { Button } from '../components/controls/button';
import { IconButton } from '../components/controls/icon-button';
import { Card } from '../components/display/card';
import { EmptyState } from '../components/display/empty-state';
import { Icon } from '../components/display/icon';
import { sourceTitle, targetTitle } from '../format/titles/mapping-titles';
import { useAnnounce } from '../layout/announcer';
import {
  type DraftMapping,
  type MappingDraft,
  moveMapping,
  putMapping,
  removeMapping,
} from './mapping-draft';
import { MappingDialog } from './mapping-dialog';
import { t } from './messages';

interface MappingListCardProps {
  readonly draft: MappingDraft;
  readonly mappings: Mappings;
  readonly mayChange: boolean;
  /** The name of a group for which a new mapping is opened. */
  readonly newGroup: string | undefined;
  readonly onNewGroupDone: () => void;
  readonly onChange: (draft: MappingDraft) => void;
}

/** Lists the mappings in their order, with buttons that change, move, and remove them. */
export function MappingListCard(props: MappingListCardProps) {
  const { draft, mappings, mayChange, newGroup, onNewGroupDone, onChange } = props;
  const announce = useAnnounce();
  const [opened, setOpened] = useState<DraftMapping | 'new' | undefined>(
    newGroup === undefined ? undefined : 'new',
  );
  const list = useRef<HTMLOListElement>(null);
  // The button that keeps the focus after the list is rendered in its new order.
  const focused = useRef<string>(undefined);
  useEffect(() => {
    if (focused.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-focus-key="${focused.current}"]`)?.focus();
    focused.current = undefined;
  });
  const close = () => {
    if (newGroup !== undefined) onNewGroupDone();
    setOpened(undefined);
  };
  const move = (mapping: DraftMapping, by: -1 | 1) => {
    const next = moveMapping(draft, mapping.key, by);
    const at = next.mappings.findIndex(({ key }) => key === mapping.key);
    const isAtEnd = at === (by < 0 ? 0 : next.mappings.length - 1);
    focused.current = focusKey(mapping.key, isAtEnd ? -by : by);
    announce(t('movedTo', { place: at + 1, places: next.mappings.length }));
    onChange(next);
  };
  const remove = (mapping: DraftMapping) => {
    const next = removeMapping(draft, mapping.key);
    const at = draft.mappings.findIndex(({ key }) => key === mapping.key);
    const neighbor = next.mappings[Math.min(at, next.mappings.length - 1)];
    if (neighbor) focused.current = focusKey(neighbor.key, 0);
    announce(t('mappingRemovedSaveChangesApply'));
    onChange(next);
  };
  const add = (
    <Button icon="plus" onPress={() => setOpened('new')}>
      {t('addMapping')}
    </Button>
  );
  return (
    <Card
      title={t('mappings')}
      aside={<span className="count">{draft.mappings.length}</span>}
      description={t('userTypeFirstMappingMatches')}
      action={mayChange && draft.mappings.length > 0 && add}
    >
      {draft.mappings.length === 0 && (
        <EmptyState icon="people" title={t('noMappings')} action={mayChange && add}>
          {t('usersGetTypeIdentityProvider', { defaultUserType: mappings.defaultUserType })}
        </EmptyState>
      )}
      {draft.mappings.length > 0 && (
        <ol className="mapping-list" ref={list}>
          {draft.mappings.map((mapping, at) => (
            <li key={mapping.key} className="mapping">
              <span className="mapping-place" aria-hidden="true">
                {at + 1}
              </span>
              <MappingText mapping={mapping} />
              {mayChange && (
                <MappingActions
                  mapping={mapping}
                  place={at + 1}
                  isFirst={at === 0}
                  isLast={at === draft.mappings.length - 1}
                  onMove={(by) => move(mapping, by)}
                  onEdit={() => setOpened(mapping)}
                  onRemove={() => remove(mapping)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {opened && (
        <MappingDialog
          mapping={opened === 'new' ? undefined : opened}
          group={newGroup}
          userTypes={mappings.userTypes}
          organizations={[...mappings.vendorOrganizations, ...draft.organizations]}
          onDone={(mapping) => {
            close();
            onChange(putMapping(draft, mapping));
          }}
          onClose={close}
        />
      )}
    </Card>
  );
}

/** Describes a mapping in a sentence. */
function MappingText({ mapping: { from, to } }: { readonly mapping: DraftMapping }) {
  return (
    <span className="mapping-text">
      <span>{sourceTitle(from)}</span>
      <span className="mapping-target">
        <Icon name="arrowRight" />
        <span className="visually-hidden">{t('get')}</span>
        {targetTitle(to)}
      </span>
    </span>
  );
}

interface MappingActionsProps {
  readonly mapping: DraftMapping;
  readonly place: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function MappingActions({ mapping, place, isFirst, isLast, onMove, onEdit, onRemove }: MappingActionsProps) {
  const { key } = mapping;
  return (
    <span className="mapping-actions">
      <IconButton
        icon="arrowUp"
        label={t('moveMappingPlaceUp', { place })}
        isDisabled={isFirst}
        data-focus-key={focusKey(key, -1)}
        onPress={() => onMove(-1)}
      />
      <IconButton
        icon="arrowDown"
        label={t('moveMappingPlaceDown', { place })}
        isDisabled={isLast}
        data-focus-key={focusKey(key, 1)}
        onPress={() => onMove(1)}
      />
      <Button
        variant="quiet"
        aria-label={t('editMappingPlace', { place })}
        data-focus-key={focusKey(key, 0)}
        onPress={onEdit}
      >
        {t('edit')}
      </Button>
      <Button variant="quiet" aria-label={t('removeMappingPlace', { place })} onPress={onRemove}>
        {t('remove')}
      </Button>
    </span>
  );
}

/** Identifies a button: up (-1), edit (0), or down (1). */
const focusKey = (key: string, button: number): string => `${key} ${button}`;
