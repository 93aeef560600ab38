import type { AuditEvent } from '../api/schema';
import { visible } from './visible';
import { t } from './messages';

const MAX_ATTRIBUTES = 3;

const LICENSES: Readonly<Record<string, string>> = {
  activated: t('license.activated'),
  deactivated: t('license.deactivated'),
  ended: t('license.ended'),
  pending: t('license.pending'),
  reactivated: t('license.reactivated'),
};

/** Summarizes an event in one line: the resource's name and what changed. */
export function auditSummary(event: AuditEvent): string {
  const { license, resource } = event;
  const parts = [
    resource.name ?? nameFromChanges(event),
    changedAttributes(event),
    license && (LICENSES[license] ?? t('licenseLicense', { license })),
  ];
  return visible(parts.filter(Boolean).join(' · ') || (resource.id ?? ''));
}

/** Returns the name of a domain or key from the changes, because the event has no name for it. */
function nameFromChanges({ changes = [] }: AuditEvent): string | undefined {
  const change = changes.find(({ attribute }) => attribute === 'name');
  const value = change?.after ?? change?.before;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Lists the changed attributes. For created and deleted resources this would be all attributes, so it is
 * empty.
 */
function changedAttributes({ action, changes = [] }: AuditEvent): string {
  if (/\.(created|deleted)$/.test(action)) return '';
  const names = changes.map(({ attribute }) => attribute);
  if (names.length <= MAX_ATTRIBUTES) return names.join(', ');
  return t('namesAndMore', {
    names: names.slice(0, MAX_ATTRIBUTES).join(', '),
    more: names.length - MAX_ATTRIBUTES,
  });
}
