/** Whether a host name of a URL is of this machine, so that no network sees what is sent there. */
export const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
