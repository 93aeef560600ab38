import { foldName } from './fold';

/** Folds each text once, because a filter compares the same value by many conditions. */
export class FoldCache {
  private readonly folded = new Map<string, string>();

  /** Returns `foldName(text)`. */
  readonly fold = (text: string): string => {
    let folded = this.folded.get(text);
    if (folded === undefined) {
      folded = foldName(text);
      this.folded.set(text, folded);
    }
    return folded;
  };

  clear(): void {
    this.folded.clear();
  }
}
