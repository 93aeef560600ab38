import { noSuchSortAttribute, sortAttribute, type Sort, type SortAttribute } from '../../scim/sort';
import { NAME_ATTRIBUTE } from '../../store/resources/resource-record';
import type { ListSource } from './list-source';
import type { ScanOrder } from './ordered-scan';

/** The order of a listing. */
export interface ListOrder {
  /** The order of the scan, if a scan has the requested order. If undefined, all matches must be sorted. */
  readonly scanOrder?: ScanOrder;
  readonly descending: boolean;
  /** The sort attribute of each source. Undefined if the source lacks it. */
  readonly attributes: readonly (SortAttribute | undefined)[];
  /**
   * The attributes by which scans are sorted. None if there are several sources, because a scan has one
   * source.
   */
  readonly names: readonly string[];
}

/** Throws `invalidPath` if no source has the sort attribute. */
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
