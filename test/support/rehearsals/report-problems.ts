/** Prints the problems that a rehearsal has found, and lets the process fail if there are any. */
export function reportProblems(problems: readonly string[]): void {
  console.log(`${problems.length} problems`);
  for (const problem of problems) console.log(`- ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
