const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** This is a CommonJS file, so that `loopback-guard.cjs` can load it in a child process. */
exports.refuseForeignHost = ({ headers }, response) => {
  if (LOOPBACK_HOST.test(headers.host ?? '')) return false;
  // 421 Misdirected Request
  response.writeHead(421, { 'content-type': 'text/plain', connection: 'close' });
  response.end('This server answers only if the host is localhost or a loopback address.\n');
  return true;
};
