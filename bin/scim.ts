#!/usr/bin/env node
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';

let isExiting = false;

/** Whoever read the output has seen enough, as `head` has, or closed the window. What has to be cleaned up first, is. */
function exitEarly(): void {
  if (isExiting) return;
  isExiting = true;
  if (!process.emit('SIGINT', 'SIGINT')) process.exit();
}

process.stdout.on('error', exitEarly);
process.stderr.on('error', exitEarly);

void main(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode;
});
