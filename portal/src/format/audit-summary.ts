import type { AuditEvent } from '../api/schema';

const SHOWN_ATTRIBUTES = 3;

/** An event in a line: whom or what it is about, as far as the event knows, and why it was refused or what changed. */
export function auditSummary(event: AuditEvent): string {
  const { reason, license, resource } = event;
  if (reason) return reason;
  const parts = [resource.name ?? nameIn(event), attributes(event), license && `license ${license}`];
  return parts.filter(Boolean).join(' · ') || (resource.id ?? '');
}

/** Of a domain or a key, of which the event itself has no name. */
function nameIn({ changes = [] }: AuditEvent): string | undefined {
  const change = changes.find(({ attribute }) => attribute === 'name');
  const value = change?.after ?? change?.before;
  return typeof value === 'string' ? value : undefined;
}

/** Of a change: those of what is new or gone are all there are. */
function attributes({ action, changes = [] }: AuditEvent): string {
  if (/\.(created|deleted)$/.test(action)) return '';
  const names = changes.map(({ attribute }) => attribute);
  if (names.length <= SHOWN_ATTRIBUTES) return names.join(', ');
  return `${names.slice(0, SHOWN_ATTRIBUTES).join(', ')} and ${names.length - SHOWN_ATTRIBUTES} more`;
}
