import type { Mapping, MappingInput, Mappings, MappingsToPreview, Organization } from '../api/schema';

/** A mapping in the editor. `key` is its ID, or a text that identifies a new one. */
export interface DraftMapping extends Pick<Mapping, 'from' | 'to'> {
  readonly key: string;
  readonly id?: string;
}

/** The mappings and organizations of a domain while an owner edits them. */
export interface MappingDraft {
  /** The version on which the draft is based. */
  readonly version: number;
  readonly mappings: readonly DraftMapping[];
  readonly organizations: readonly Organization[];
}

export const draftOf = ({ version, mappings, organizations }: Mappings): MappingDraft => ({
  version,
  mappings: mappings.map((mapping) => ({ key: mapping.id, ...mapping })),
  organizations,
});

/** Returns the draft as the API takes it. */
export const inputOf = ({ mappings, organizations }: MappingDraft): MappingsToPreview => ({
  mappings: mappings.map(({ id, from, to }): MappingInput => ({ ...(id !== undefined && { id }), from, to })),
  organizations: [...organizations],
});

export const isSameDraft = (one: MappingDraft, other: MappingDraft): boolean =>
  JSON.stringify(inputOf(one)) === JSON.stringify(inputOf(other));

/** Puts a mapping in the place of that with the same key, or at the end. */
export function putMapping(draft: MappingDraft, mapping: DraftMapping): MappingDraft {
  const at = draft.mappings.findIndex(({ key }) => key === mapping.key);
  const mappings = at < 0 ? [...draft.mappings, mapping] : draft.mappings.with(at, mapping);
  return { ...draft, mappings };
}

export const removeMapping = (draft: MappingDraft, key: string): MappingDraft => ({
  ...draft,
  mappings: draft.mappings.filter((mapping) => mapping.key !== key),
});

/** Moves a mapping by a number of places; a negative number moves it up. */
export function moveMapping(draft: MappingDraft, key: string, by: number): MappingDraft {
  const from = draft.mappings.findIndex((mapping) => mapping.key === key);
  const moved = draft.mappings[from];
  const to = from + by;
  if (!moved || to < 0 || to >= draft.mappings.length) return draft;
  return { ...draft, mappings: draft.mappings.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** Puts an organization in the place of that with the name `replaces`, or at the end. */
export function putOrganization(
  draft: MappingDraft,
  organization: Organization,
  replaces?: string,
): MappingDraft {
  const at = draft.organizations.findIndex(({ name }) => name === replaces);
  const organizations =
    at < 0 ? [...draft.organizations, organization] : draft.organizations.with(at, organization);
  return { ...draft, organizations };
}

export const removeOrganization = (draft: MappingDraft, name: string): MappingDraft => ({
  ...draft,
  organizations: draft.organizations.filter((organization) => organization.name !== name),
});
