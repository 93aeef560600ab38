import { similarAttribute } from '../../../scim/filter/unknown-attributes';
import type { DiagnosticsPage, UnknownFilterAttribute } from '../../../store/diagnostics/diagnostic';
import { type ConnectionNames, senderDetail, sendersOf } from '../connection-names';
import { draftFinding, MAX_DETAILS, type FindingDraft } from '../finding';
import { distinctAttributes } from '../wording';
import { RESOURCE_TYPES } from '../../../product/product';

/**
 * Reports attributes in filters that the resource types do not have, with the most similar known attribute.
 */
export function filterFindings(
  { entries, more }: DiagnosticsPage<UnknownFilterAttribute>,
  connections: ConnectionNames = new Map(),
): FindingDraft[] {
  if (entries.length === 0) return [];
  const unknown = [...entries].sort((one, other) => (one.lastAt > other.lastAt ? -1 : 1));
  return [
    draftFinding(
      'filter-attributes-unknown',
      'warning',
      {
        attributes: distinctAttributes(unknown),
        atLeast: more,
        senders: sendersOf(unknown, connections),
      },
      // Only the listed details are compared with the schemas, which takes time.
      unknown.slice(0, MAX_DETAILS).map((entry) => ({
        resourceType: entry.resourceTypes.join(' or '),
        attribute: entry.attribute,
        suggestion: suggestionFor(entry.attribute, entry.resourceTypes) ?? null,
        userAgent: entry.userAgent ?? null,
        ...senderDetail(entry, connections),
        lastAt: entry.lastAt,
      })),
    ),
  ];
}

const suggestionFor = (attribute: string, names: readonly string[]): string | undefined =>
  similarAttribute(
    attribute,
    RESOURCE_TYPES.filter(({ name }) => names.includes(name)),
  );
