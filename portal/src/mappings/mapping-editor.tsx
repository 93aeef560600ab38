import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Mappings } from '../api/schema';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { useAccess } from '../session/access';
import { LeaveDialog } from './leave-dialog';
import { draftOf, isSameDraft, type MappingDraft } from './mapping-draft';
import { MappingListCard } from './mapping-list-card';
import { OrganizationsCard } from './organizations-card';
import { PreviewDialog } from './preview-dialog';
import { t } from './messages';

/** Shows the mappings. An owner edits a draft of them, and saves it after a preview. */
export function MappingEditor({ mappings }: { readonly mappings: Mappings }) {
  const { mayChange } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const [edited, setEdited] = useState<MappingDraft>();
  const [isPreviewing, setPreviewing] = useState(false);
  const saved = draftOf(mappings);
  const draft = edited ?? saved;
  const isChanged = edited !== undefined && !isSameDraft(edited, saved);
  const isOutdated = isChanged && edited.version !== mappings.version;
  const group = parameters.get('group') ?? undefined;
  return (
    <>
      {isChanged && (
        <Notice
          tone={isOutdated ? 'warning' : 'info'}
          title={isOutdated ? t('somebodyElseChangedMappings') : t('youHaveUnsavedChanges')}
          action={
            <div className="button-row">
              <Button onPress={() => setEdited(undefined)}>{t('discardChanges')}</Button>
              <Button variant="primary" isDisabled={isOutdated} onPress={() => setPreviewing(true)}>
                {t('previewAndSave')}
              </Button>
            </div>
          }
        >
          <p>{isOutdated ? t('discardChangesSeeCurrentMappings') : t('theyNoEffectUntilSave')}</p>
        </Notice>
      )}
      <MappingListCard
        draft={draft}
        mappings={mappings}
        mayChange={mayChange}
        newGroup={mayChange ? group : undefined}
        onNewGroupDone={() => setParameters({}, { replace: true })}
        onChange={setEdited}
      />
      <OrganizationsCard
        draft={draft}
        vendorOrganizations={mappings.vendorOrganizations}
        mayChange={mayChange}
        onChange={setEdited}
      />
      {isPreviewing && (
        <PreviewDialog
          draft={draft}
          onSaved={() => {
            setEdited(undefined);
            setPreviewing(false);
          }}
          onClose={() => setPreviewing(false)}
        />
      )}
      {isChanged && <LeaveDialog />}
    </>
  );
}
