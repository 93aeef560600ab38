/** Starts a child, tells its process id, and goes on until it is killed. */
import { Children } from '../../../local/host/children';

const [, , logDirectory = ''] = process.argv;
const child = new Children(logDirectory).start('waits', process.execPath, [
  '-e',
  'setInterval(() => {}, 1000)',
]);
process.send?.(child.pid);
setInterval(() => {}, 1000);
