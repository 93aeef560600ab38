#!/usr/bin/env node
import { main } from './cli/main';
import { processTerminal } from './cli/terminal';

// Whoever reads it has seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode;
});
