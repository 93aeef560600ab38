import { isAttributes, type Json } from '../resource';

/**
 * Elements of a multi-valued attribute, each once, in the order in which they were added. Their parts are in the order
 * of the schema, so equal elements have the same JSON text. Nearly all elements of a list differ in their `value`, so
 * only elements with the same one are written as text to compare them, each once.
 */
export class DistinctElements {
  readonly list: Json[] = [];
  /** The first element with each value, or undefined if its text is among `texts`. */
  private readonly first = new Map<Json | undefined, Json | undefined>();
  /** The texts of all elements that have the value of another one. */
  private readonly texts = new Set<string>();

  has(element: Json): boolean {
    return this.isFirst(element) ? false : this.texts.has(JSON.stringify(element));
  }

  /** Returns false if an equal element is there already. */
  add(element: Json): boolean {
    if (this.isFirst(element)) {
      this.first.set(valueOf(element), element);
    } else {
      const text = JSON.stringify(element);
      if (this.texts.has(text)) return false;
      this.texts.add(text);
    }
    this.list.push(element);
    return true;
  }

  /** Returns whether no other element has the value of this one. Otherwise, the text of the first one is known then. */
  private isFirst(element: Json): boolean {
    const value = valueOf(element);
    const first = this.first.get(value);
    if (first !== undefined) {
      this.texts.add(JSON.stringify(first));
      this.first.set(value, undefined);
    }
    return !this.first.has(value);
  }
}

const valueOf = (element: Json): Json | undefined => (isAttributes(element) ? element.value : element);
