#!/usr/bin/env node
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';

let isLeft = false;

/** Whoever read the output has seen enough, as `head` has, or closed the window. What has to be cleaned up first, is. */
function leave(): void {
  if (isLeft) return;
  isLeft = true;
  if (!process.emit('SIGINT', 'SIGINT')) process.exit();
}

process.stdout.on('error', leave);
process.stderr.on('error', leave);

void main(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode;
});
