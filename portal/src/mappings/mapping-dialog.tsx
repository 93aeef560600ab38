import { useState } from 'react';
import type { MappingSource, MappingTarget, Organization } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
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
    <Dialog title={mapping ? t('editMapping') : t('addMapping')} onClose={onClose}>
      <Form isPending={false} onSubmit={() => !isOrganizationMissing && submit()}>
        <div className="dialog-body">
          <SourceFields from={from} onChange={setFrom} />
          <TargetFields to={to} userTypes={userTypes} organizations={organizations} onChange={setTo} />
        </div>
        <footer className="dialog-footer">
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" isDisabled={isOrganizationMissing}>
            {mapping ? t('changeMapping') : t('addMapping')}
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
