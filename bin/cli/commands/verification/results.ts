import type {
  CountVerification,
  DuplicateName,
  ItemProblem,
  NameVerification,
} from '../../../../portal/src/api/schema';

export type Counts = Omit<CountVerification, 'next' | 'readUnits'>;

/** The items of one domain. */
interface Items {
  readonly checked: number;
  readonly problems: readonly ItemProblem[];
  readonly repaired: number;
}

/** The names, the items, and the counts of one domain, or the items of the deployment. */
export interface DomainVerification extends Omit<NameVerification, 'next' | 'readUnits'> {
  readonly domainId: string;
  readonly counts: Counts;
  readonly items: Items;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** The results of one domain, while they are collected. */
export interface Total extends Mutable<Omit<DomainVerification, 'counts' | 'items' | 'duplicates'>> {
  readonly duplicates: DuplicateName[];
  readonly counts: Mutable<Counts>;
  readonly items: { checked: number; problems: ItemProblem[]; repaired: number };
}

/** Returns the results of a domain before anything is verified. */
export const newTotal = (domainId: string): Total => ({
  ...{ domainId, checked: 0, outdated: 0, repaired: 0, duplicates: [] },
  ...{ staleAddresses: 0, deletedAddresses: 0 },
  counts: { checked: 0, repaired: 0, exact: true, differences: [], groups: [], queue: [], mappings: [] },
  items: { checked: 0, problems: [], repaired: 0 },
});
