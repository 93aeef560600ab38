import type { AuditEvent } from '../api/schema';

const MAX_ATTRIBUTES = 3;

/** An event in a line: whom or what it is about, as far as the event knows, and why it was refused or what changed. */
export function auditSummary(event: AuditEvent): string {
  const { reason, license, resource } = event;
  if (reason) return reason;
  const parts = [
    resource.name ?? nameFromChanges(event),
    changedAttributes(event),
    license && `license ${license}`,
  ];
  return parts.filter(Boolean).join(' · ') || (resource.id ?? '');
}

/** Of a domain or a key, of which the event itself has no name. */
function nameFromChanges({ changes = [] }: AuditEvent): string | undefined {
  const change = changes.find(({ attribute }) => attribute === 'name');
  const value = change?.after ?? change?.before;
  return typeof value === 'string' ? value : undefined;
}

/** Of a change: those of what is new or gone are all there are. */
function changedAttributes({ action, changes = [] }: AuditEvent): string {
  if (/\.(created|deleted)$/.test(action)) return '';
  const names = changes.map(({ attribute }) => attribute);
  if (names.length <= MAX_ATTRIBUTES) return names.join(', ');
  return `${names.slice(0, MAX_ATTRIBUTES).join(', ')} and ${names.length - MAX_ATTRIBUTES} more`;
}
