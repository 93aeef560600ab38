const { isNativeError } = require('node:util/types');

/**
 * Makes `instanceof Error` true for errors of Node's own modules, as it is outside of Jest. Jest runs tests
 * in a context with its own `Error`, so the AWS SDK would replace a failed connection with an error that has
 * no name and no code.
 */
const isInstance = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(value) {
    return isInstance.call(this, value) || (this === Error && isNativeError(value));
  },
});
