import { similarAttribute } from '../../../scim/filter/unknown-attributes';
import type { DiagnosticsPage, UnknownFilterAttribute } from '../../../store/diagnostics/diagnostic';
import { type ConnectionNames, senderDetail, sentBy } from '../connection-names';
import { MAX_DETAILS, type FindingDraft } from '../finding';
import { joinNames, pluralize } from '../wording';
import { RESOURCE_TYPES } from '../../../product/product';

/** Reports attributes in filters that the resource types do not have, with the most similar known attribute. */
export function filterFindings(
  { entries, more }: DiagnosticsPage<UnknownFilterAttribute>,
  connections: ConnectionNames = new Map(),
): FindingDraft[] {
  if (entries.length === 0) return [];
  const unknown = [...entries]
    .sort((one, other) => (one.lastAt > other.lastAt ? -1 : 1))
    .map((entry) => ({ ...entry, name: `${entry.attribute} of a ${entry.resourceTypes.join(' or ')}` }));
  const names = [...new Set(unknown.map(({ name }) => name))];
  return [
    {
      code: 'filter-attributes-unknown',
      severity: 'warning',
      found:
        `${more ? 'At least ' : ''}${pluralize(names.length, 'unknown attribute')} ` +
        `${names.length === 1 ? 'was' : 'were'} used in filters, which match nothing: ` +
        `${joinNames(names)}.${sentBy(unknown, connections)}`,
      action:
        'Administrator of the identity provider: correct the attribute by which users or groups are ' +
        'matched. The details suggest a similar one.',
      // Only the listed details are compared with the schemas, which takes time.
      details: unknown.slice(0, MAX_DETAILS).map((entry) => ({
        resourceType: entry.resourceTypes.join(' or '),
        attribute: entry.attribute,
        suggestion: suggestionFor(entry.attribute, entry.resourceTypes) ?? null,
        userAgent: entry.userAgent ?? null,
        ...senderDetail(entry, connections),
        lastAt: entry.lastAt,
      })),
    },
  ];
}

const suggestionFor = (attribute: string, names: readonly string[]): string | undefined =>
  similarAttribute(
    attribute,
    RESOURCE_TYPES.filter(({ name }) => names.includes(name)),
  );
