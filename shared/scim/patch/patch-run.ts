import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { compileElementFilter } from '../filter/match';
import { countTerms } from '../filter/terms';
import { elementsOf } from '../input/read-value';
import { isAttributes, type Json } from '../resource';
import { FoldCache } from '../text/fold-cache';
import { weightOfElement, WorkBudget } from '../work';
import { identityOf } from '../element-identity';
import type { PatchOperation } from './parse';

/** The limits of a PATCH. */
export interface PatchLimits {
  /** The comparisons that the request may make. @default - a budget of this PATCH alone */
  readonly work?: WorkBudget;
  /** Called before each operation. Throws if the request has no time left. */
  readonly checkTime?: () => void;
}

/**
 * Holds what the operations of one PATCH share: the budget, and what is computed once. Each filter is
 * compiled once, each value is folded once, and each element is identified once. Elements are never changed
 * in place.
 */
export class PatchRun {
  readonly work: WorkBudget;
  // Most PATCHes need none of these, so each is created when it is first used.
  private folds: FoldCache | undefined;
  private tests: Map<Filter, Map<Attribute, (element: Json) => boolean>> | undefined;
  private identities: WeakMap<object, string> | undefined;

  constructor(private readonly limits: PatchLimits) {
    this.work = limits.work ?? new WorkBudget();
  }

  checkTime(): void {
    this.limits.checkTime?.();
  }

  /** Returns `foldName(text)`. */
  readonly fold = (text: string): string => (this.folds ??= new FoldCache()).fold(text);

  /** Returns a test of the elements of `attribute`. Throws `invalidFilter`. */
  elementTest(filter: Filter, attribute: Attribute): (element: Json) => boolean {
    this.tests ??= new Map();
    const tests = this.tests.get(filter) ?? new Map<Attribute, (element: Json) => boolean>();
    const test = tests.get(attribute) ?? compileElementFilter(filter, attribute, this.fold);
    this.tests.set(filter, tests.set(attribute, test));
    return test;
  }

  /** Returns a key that is equal for equal elements of one attribute. */
  identity(attribute: Attribute, element: Json): string {
    if (!isAttributes(element)) return identityOf(attribute, element, this.fold);
    this.identities ??= new WeakMap();
    let identity = this.identities.get(element);
    if (identity === undefined) {
      identity = identityOf(attribute, element, this.fold);
      this.identities.set(element, identity);
    }
    return identity;
  }
}

/**
 * Returns the comparisons that an operation counts as: each condition of its filter with each element of the
 * attribute. Without a filter, each element counts once, because it is compared with the value.
 */
export function comparisonsOf(
  attribute: Attribute | undefined,
  current: Json | undefined,
  { op, path, value }: PatchOperation,
): number {
  const elements = Array.isArray(current) ? current : [current ?? null];
  const weight = elements.reduce((sum: number, element) => sum + weightOfElement(element), 0);
  const conditions = path.filter
    ? countTerms(path.filter)
    : op === 'remove' && attribute
      ? countForms(attribute, value)
      : 1;
  return Math.max(1, weight) * conditions;
}

/** Returns the number of different sets of parts by which a value names elements. */
const countForms = (attribute: Attribute, value: Json | undefined): number =>
  new Set(elementsOf(attribute, value).map((item) => (isAttributes(item) ? Object.keys(item).join() : '')))
    .size;

/** Creates the 400 of a PATCH that needs more comparisons than the request may make. */
export const tooMuchWork = (needed: number, { limit }: WorkBudget): ScimError =>
  ScimError.tooMany(
    `The PATCH needs ${needed} comparisons, and the limit is ${limit} for one request. Nothing was changed. ` +
      'Each operation compares each condition of its filter with each value of the attribute, and long values ' +
      'count more than once. Use filters with fewer conditions, or send the operations in several requests.',
  );
