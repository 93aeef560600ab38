import type { Attribute } from '../attribute';
import { identityOf } from '../element-identity';
import { isAttributes, type Attributes, type Json } from '../resource';
import { foldName } from '../text/fold';

/**
 * Elements of a multi-valued attribute, in the order in which they were added, without duplicates: RFC 7643
 * §2.4 wants each pair of `type` and `value` once. An element that equals an earlier one is merged into it.
 * Elements without a `value` are equal if they differ only in `primary`.
 *
 * Nearly all elements of a list differ in their `value`, so only elements with the same one are compared by a
 * key, which is created once for each.
 */
export class DistinctElements {
  readonly list: Json[] = [];
  /**
   * The position of the only element with a value, or undefined if several have it, whose keys are in
   * `positions`.
   */
  private readonly only = new Map<Json | undefined, number | undefined>();
  private readonly positions = new Map<string, number>();
  private readonly value: Attribute | undefined;
  /** The names of the parts by which elements without a `value` are compared. */
  private readonly compared: string[];

  constructor(private readonly attribute: Attribute) {
    const { subAttributes } = attribute;
    this.value = subAttributes.find(({ name }) => name === 'value');
    this.compared = subAttributes.map(({ name }) => name).filter((name) => name !== 'primary');
  }

  add(element: Json): void {
    const value = this.comparedValue(element);
    if (!this.only.has(value)) {
      this.only.set(value, this.list.push(element) - 1);
      return;
    }
    this.storeKeyOfOnly(value);
    const key = this.keyOf(element);
    const at = this.positions.get(key);
    if (at === undefined) this.positions.set(key, this.list.push(element) - 1);
    else this.list[at] = this.merged(this.list[at] as Json, element);
  }

  /**
   * Returns the value of an element in the form in which it is compared. A large group has many, as they are.
   */
  private comparedValue(element: Json): Json | undefined {
    const value = isAttributes(element) ? element.value : element;
    return typeof value === 'string' && this.value && !this.value.caseExact ? foldName(value) : value;
  }

  private storeKeyOfOnly(value: Json | undefined): void {
    const at = this.only.get(value);
    if (at === undefined) return;
    this.positions.set(this.keyOf(this.list[at] as Json), at);
    this.only.set(value, undefined);
  }

  private keyOf(element: Json): string {
    return isAttributes(element) && element.value === undefined
      ? JSON.stringify(element, this.compared)
      : identityOf(this.attribute, element, foldName);
  }

  /**
   * Returns an element with the parts of two equal ones, in the order of the schema. If both have a part, the
   * later one counts, but a primary element stays primary.
   */
  private merged(first: Json, later: Json): Json {
    if (!isAttributes(first) || !isAttributes(later)) return first;
    const merged: Attributes = {};
    for (const { name } of this.attribute.subAttributes) {
      const part = name === 'primary' && first.primary === true ? true : (later[name] ?? first[name]);
      if (part !== undefined) merged[name] = part;
    }
    return merged;
  }
}
