import { noSuchSortAttribute, sortAttribute, type Sort, type SortAttribute } from '../../scim/sort';
import { NAME_ATTRIBUTE } from '../../store/resources/resource-record';
import type { ScanOrder } from './list-plan';
import type { ListSource } from './list-source';

/** In which order a client wants a listing. */
export interface ListOrder {
  /** The order of a sequence that is the one wanted; undefined where all that is found has to be sorted. */
  readonly scanOrder?: ScanOrder;
  readonly descending: boolean;
  /** What each source is sorted by; undefined for one that has no such attribute. */
  readonly attributes: readonly (SortAttribute | undefined)[];
  /** The attributes by which sequences are sorted; none where there are several sources, which no sequence mixes. */
  readonly names: readonly string[];
}

/** Throws `invalidPath` where no source has what is to be sorted by. */
export function listOrder(sources: readonly ListSource[], sort: Sort | undefined): ListOrder {
  const [source, ...others] = sources;
  const name = source && others.length === 0 ? NAME_ATTRIBUTE[source.store.kind] : undefined;
  const names = name === undefined ? [] : [name, 'id (ascending)'];
  if (!sort) return { scanOrder: 'id', descending: false, attributes: [], names };

  const attributes = sources.map(({ type }) => sortAttribute(type, sort.path));
  if (attributes.every((attribute) => attribute === undefined)) throw noSuchSortAttribute(sort);
  const { descending } = sort;
  const scanOrder = name === undefined ? undefined : scanOrderOf(attributes[0], name, descending);
  return { scanOrder, descending, attributes, names };
}

function scanOrderOf(
  sortBy: SortAttribute | undefined,
  name: string,
  descending: boolean,
): ScanOrder | undefined {
  if (!sortBy?.isCore) return undefined;
  if (sortBy.name === name) return descending ? 'nameDescending' : 'name';
  return sortBy.name === 'id' && !descending ? 'id' : undefined;
}
