/** Returns the read units that the process has consumed. */
export type ReadUnits = () => number;

/** Returns how many read units are consumed from now on. */
export function consumedFrom(readUnits: ReadUnits): () => number {
  const before = readUnits();
  return () => Math.round((readUnits() - before) * 10) / 10;
}
