/** The number of times that something happened, as far as clients know. */
export class AcceptableCount {
  private least = 0;
  private most = 0;

  /** Adds something that happened, or that may have happened up to `times` times. */
  add(isCertain: boolean, times = 1): void {
    if (isCertain) this.least += 1;
    this.most += Math.max(1, times);
  }

  includes(count: number): boolean {
    return this.least <= count && count <= this.most;
  }

  toString(): string {
    return this.least === this.most ? String(this.least) : `${this.least} to ${this.most}`;
  }
}
