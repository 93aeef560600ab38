import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Refuses a request whose `Host` is not this machine, and returns whether it did. A web page could otherwise
 * give its own name the address 127.0.0.1 (DNS rebinding), and read the response.
 */
export declare function refuseForeignHost(message: IncomingMessage, response: ServerResponse): boolean;
