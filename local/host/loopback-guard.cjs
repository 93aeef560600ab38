/**
 * Makes every HTTP server of a process refuse requests whose `Host` is not this machine. Load it with
 * `node --require` before a program that does not check it.
 */
const { Server } = require('node:http');
const { refuseForeignHost } = require('./loopback-host.cjs');

const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...values) {
  if (event === 'request' && refuseForeignHost(...values)) return true;
  return Reflect.apply(emit, this, [event, ...values]);
};
