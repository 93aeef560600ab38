import type { Attribute, Schema } from '../attribute';
import { unlessIgnored } from '../input/ignored';
import { readValue } from '../input/read-value';
import { isAttributes, type Attributes, type Json } from '../resource';

/** An attribute of the core schema, or of an extension. */
interface Position {
  readonly attribute: Attribute;
  readonly extension?: Schema;
}

/**
 * The attributes that the operations of a PATCH change in place: one copy for all of them, instead of one for
 * each. It remembers which attributes they touched, so that only those are read again. Elements and parts are
 * shared with the original, so they are replaced and never changed.
 */
export class WorkingCopy {
  readonly attributes: Attributes;
  /** The extensions that this copy no longer shares with the original. */
  private readonly own: string[] = [];
  private readonly touched: Map<string, Position>;

  constructor(original: Attributes, touched: ReadonlyMap<string, Position> = new Map()) {
    this.attributes = { ...original };
    this.touched = new Map(touched);
  }

  /** Returns a copy with the same attributes, which remembers the same touched attributes. */
  copy(): WorkingCopy {
    return new WorkingCopy(this.attributes, this.touched);
  }

  get({ attribute, extension }: Position): Json | undefined {
    const container = extension ? this.attributes[extension.id] : this.attributes;
    return isAttributes(container) ? container[attribute.name] : undefined;
  }

  /** Sets the value of an attribute, or removes it. A list of the same elements is no change. */
  set(position: Position, value: Json | undefined): void {
    if (hasSameElements(this.get(position), value)) return;
    const { attribute, extension } = position;
    this.touched.set(`${extension?.id ?? ''}:${attribute.name}`, position);
    this.write(position, value);
  }

  removeExtension({ id }: Schema): void {
    delete this.attributes[id];
  }

  /** Reads the touched attributes as if a client had sent them. Throws `invalidValue` if one does not fit. */
  readTouched(): void {
    for (const position of this.touched.values()) {
      const value = this.get(position);
      if (value === undefined) continue;
      // A stored value may be one that the attribute ignores by now.
      const read = unlessIgnored(undefined, '', value, () => readValue(position.attribute, value));
      if (read !== value) this.write(position, read);
    }
  }

  private write({ attribute, extension }: Position, value: Json | undefined): void {
    const container = extension ? this.ownExtension(extension) : this.attributes;
    if (value === undefined) delete container[attribute.name];
    else container[attribute.name] = value;
    if (extension && Object.keys(container).length === 0) this.removeExtension(extension);
  }

  private ownExtension({ id }: Schema): Attributes {
    const current = this.attributes[id];
    if (this.own.includes(id) && isAttributes(current)) return current;
    const copy = isAttributes(current) ? { ...current } : {};
    this.attributes[id] = copy;
    this.own.push(id);
    return copy;
  }
}

const hasSameElements = (before: Json | undefined, after: Json | undefined): boolean =>
  Array.isArray(before) &&
  Array.isArray(after) &&
  before.length === after.length &&
  before.every((element, at) => element === after[at]);
