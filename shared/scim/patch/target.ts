import type { Attribute } from '../attribute';
import type { Filter } from '../filter/ast';
import { reportIgnored, type OnIgnored } from '../input/ignored';
import type { PatchRun } from './patch-run';

/** The part of the schema that the path of an operation names. */
export interface PatchTarget {
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
  readonly filter?: Filter;
  /** The path as the client wrote it, for errors. */
  readonly text: string;
  readonly onIgnored?: OnIgnored;
  readonly run: PatchRun;
}

/**
 * Returns a function that reports an unknown sub-attribute in the filter of the path. The operation has no
 * effect because of it.
 */
export const reportUnknownTerm =
  ({ text, onIgnored }: PatchTarget) =>
  (name: string): void =>
    reportIgnored(onIgnored, `${text.slice(0, text.indexOf('['))}.${name}`, name);
