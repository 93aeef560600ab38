import { useState } from 'react';
import type { MappingSource, MappingTarget, Organization } from '../api/schema';
import { FormDialog, NO_REQUEST } from '../components/controls/form-dialog';
import type { DraftMapping } from './mapping-draft';
import { SourceFields } from './source-fields';
import { TargetFields } from './target-fields';
import { t } from './messages';

interface MappingDialogProps {
  /** Undefined for a new mapping. */
  readonly mapping: DraftMapping | undefined;
  /** The name of the group of a new mapping. */
  readonly group?: string;
  readonly userTypes: readonly string[];
  readonly organizations: readonly Organization[];
  readonly onDone: (mapping: DraftMapping) => void;
  readonly onClose: () => void;
}

/** Edits a mapping of the draft. */
export function MappingDialog(props: MappingDialogProps) {
  const { mapping, group = '', userTypes, organizations, onDone, onClose } = props;
  const [from, setFrom] = useState<MappingSource>(
    mapping?.from ?? { kind: 'group', by: 'displayName', value: group },
  );
  const [to, setTo] = useState<MappingTarget>(
    mapping?.to ?? { kind: 'userType', userType: userTypes.at(-1) ?? '' },
  );
  const isOrganizationMissing = to.kind === 'organization' && (to.organization === '' || to.role === '');
  const submit = () =>
    onDone({ key: mapping?.key ?? crypto.randomUUID(), ...(mapping?.id && { id: mapping.id }), from, to });
  return (
    <FormDialog
      title={mapping ? t('editMapping') : t('addMapping')}
      help="mappings.md#create-a-mapping"
      submitLabel={mapping ? t('changeMapping') : t('addMapping')}
      request={NO_REQUEST}
      isComplete={!isOrganizationMissing}
      onSubmit={submit}
      onClose={onClose}
    >
      <SourceFields from={from} onChange={setFrom} />
      <TargetFields to={to} userTypes={userTypes} organizations={organizations} onChange={setTo} />
    </FormDialog>
  );
}
