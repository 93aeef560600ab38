/** Starts a child process, sends its process id, and runs until it is killed. */
import { Children } from '../../../../local/host/processes/children';

const [, , logDirectory = ''] = process.argv;
const child = new Children(logDirectory).start('waits', process.execPath, [
  '-e',
  'setInterval(() => {}, 1000)',
]);
process.send?.(child.pid);
setInterval(() => {}, 1000);
