#!/usr/bin/env node
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';

let isExiting = false;

/**
 * Exits when the reader of the output is gone, such as `head` or a closed window. SIGINT handlers clean up
 * first.
 */
function exit(): void {
  if (isExiting) return;
  isExiting = true;
  if (!process.emit('SIGINT', 'SIGINT')) process.exit();
}

process.stdout.on('error', exit);
process.stderr.on('error', exit);

void main(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode;
});
