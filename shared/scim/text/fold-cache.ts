import { foldName } from './fold';

/** Folding a shorter text takes less time than finding it. */
const MIN_CACHED_LENGTH = 64;

/** Folds each long text once, because a filter compares the same value by many conditions. */
export class FoldCache {
  private readonly folded = new Map<string, string>();
  private last = { text: '', folded: '' };

  /** Returns `foldName(text)`. */
  readonly fold = (text: string): string => {
    if (text === this.last.text) return this.last.folded;
    const folded = text.length < MIN_CACHED_LENGTH ? foldName(text) : this.cached(text);
    this.last = { text, folded };
    return folded;
  };

  clear(): void {
    if (this.folded.size > 0) this.folded.clear();
  }

  private cached(text: string): string {
    let folded = this.folded.get(text);
    if (folded === undefined) {
      folded = foldName(text);
      this.folded.set(text, folded);
    }
    return folded;
  }
}
