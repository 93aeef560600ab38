import { isAttributes, type Json } from '../resource';

/**
 * Elements of a multi-valued attribute, each once, in the order in which they were added. Their parts are in the order
 * of the schema, so equal elements have the same JSON text. Nearly all elements of a list differ in their `value`, so
 * only elements with the same one are written as text to compare them.
 */
export class DistinctElements {
  readonly list: Json[] = [];
  /** The first element with each value. */
  private readonly first = new Map<Json | undefined, Json>();
  /** The texts of all elements that have the value of another one. */
  private readonly texts = new Set<string>();

  has(element: Json): boolean {
    const first = this.first.get(valueOf(element));
    if (first === undefined) return false;
    this.texts.add(JSON.stringify(first));
    return this.texts.has(JSON.stringify(element));
  }

  /** Returns false if an equal element is there already. */
  add(element: Json): boolean {
    if (this.has(element)) return false;
    const value = valueOf(element);
    if (this.first.has(value)) this.texts.add(JSON.stringify(element));
    else this.first.set(value, element);
    this.list.push(element);
    return true;
  }
}

const valueOf = (element: Json): Json | undefined => (isAttributes(element) ? element.value : element);
